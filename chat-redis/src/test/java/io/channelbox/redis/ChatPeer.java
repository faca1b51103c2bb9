package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A browser without a network: it reads at once, and a test waits for what it has read. */
final class ChatPeer implements Connection {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    // Guarded by this, which is notified of every change.
    private final List<JsonNode> heard = new ArrayList<>();
    private @Nullable CloseStatus closed;
    private @Nullable ConsumerSession session;
    private int refs;

    synchronized void opened(ConsumerSession own) {
        session = own;
        notifyAll();
    }

    @Override
    public void send(Frame frame, Completion completion) {
        try {
            hear(JSON.readTree(((TextFrame) frame).text()));
            completion.succeeded();
        } catch (JsonProcessingException e) {
            completion.failed(e);
        }
    }

    private synchronized void hear(JsonNode message) {
        heard.add(message);
        notifyAll();
    }

    @Override
    public void ping(Completion completion) {
        completion.succeeded();
        session().heard();
    }

    @Override
    public void close(CloseStatus status) {
        synchronized (this) {
            if (closed != null) {
                return;
            }
            closed = status;
            notifyAll();
        }
        session().closed(status);
    }

    void close() {
        close(CloseStatus.NORMAL);
    }

    private ConsumerSession session() {
        return await("a session", () -> Optional.ofNullable(session));
    }

    /** Looks for something that a test waits for, holding the lock. */
    private interface Look<T> {
        Optional<T> look();
    }

    private <T> T await(String what, Look<T> look) {
        return await(what, PATIENCE, look);
    }

    private synchronized <T> T await(String what, long patience, Look<T> look) {
        long end = System.nanoTime() + patience;
        Optional<T> found = look.look();
        while (found.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Waited for " + what + " in vain, and heard " + heard);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            found = look.look();
        }
        return found.get();
    }

    /** Subscribes to a topic with this payload, and returns what that was answered with. */
    JsonNode subscribe(String topic, String payload) {
        JsonNode answer = ask(topic, "subscribe", payload);
        assertEquals("subscribed", answer.path("type").asText(), answer::toString);
        return answer.path("payload");
    }

    /** Comes back to a topic from where another peer is. */
    JsonNode resume(String topic, JsonNode position) {
        return subscribe(topic, "{\"position\":" + position + "}");
    }

    /** Says something that is answered, and returns the answer. */
    JsonNode ask(String topic, String type, String payload) {
        String ref;
        synchronized (this) {
            ref = "ref" + ++refs;
        }
        session()
                .receive(Frame.text("{\"topic\":\"" + topic + "\",\"ref\":\"" + ref + "\",\"type\":\"" + type
                        + "\",\"payload\":" + payload + "}"));
        return await("the answer to " + type, () -> first(is("ref", ref)));
    }

    private Optional<JsonNode> first(Predicate<JsonNode> wanted) {
        return heard.stream().filter(wanted).findFirst();
    }

    private static Predicate<JsonNode> is(String field, String value) {
        return message -> message.path(field).asText().equals(value);
    }

    /** Says something without waiting for the answer. */
    void tell(String topic, String type, String payload) {
        session()
                .receive(Frame.text(
                        "{\"topic\":\"" + topic + "\",\"type\":\"" + type + "\",\"payload\":" + payload + "}"));
    }

    JsonNode say(String text) {
        return ask(ChatNode.LOBBY, "say", "{\"text\":\"" + text + "\"}");
    }

    /** Waits until a message of this type has come. */
    JsonNode await(String type) {
        return await(type, () -> first(is("type", type)));
    }

    /** Waits until this was said. */
    JsonNode awaitText(String text) {
        return await("'" + text + "'", () -> first(is("type", "said").and(isText(text))));
    }

    private static Predicate<JsonNode> isText(String text) {
        return message -> message.path("payload").path("text").asText().equals(text);
    }

    /** Waits until so many things were said, and returns what was, in its order. */
    List<String> awaitTexts(int count) {
        return await(count + " messages", () -> Optional.of(texts()).filter(texts -> texts.size() >= count));
    }

    synchronized List<String> texts() {
        return said(message -> message.path("payload").path("text").asText());
    }

    synchronized List<Long> offsets() {
        return said(message -> message.path("seq").asLong());
    }

    private <T> List<T> said(Function<JsonNode, T> part) {
        return heard.stream().filter(is("type", "said")).map(part).toList();
    }

    /** Returns how many messages of this type have come. */
    synchronized long count(String type) {
        return heard.stream().filter(is("type", type)).count();
    }

    /** Waits until it is closed, and returns with which code. */
    int awaitClosed() {
        return await("the end", () -> Optional.ofNullable(closed)).code();
    }

    synchronized boolean isClosed() {
        return closed != null;
    }

    @Override
    public synchronized String toString() {
        return heard.toString();
    }
}

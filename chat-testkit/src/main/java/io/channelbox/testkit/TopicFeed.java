package io.channelbox.testkit;

import io.channelbox.consumer.Ack;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.testkit.TopicClient.Delivered;
import io.channelbox.testkit.TopicClient.Lost;
import io.channelbox.testkit.TopicClient.NotPublished;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a {@link TopicClient} hears and says in one topic. Used on the client's loop only. */
final class TopicFeed {

    private static final int ATTEMPTS = 3;
    private static final StreamPosition START = new StreamPosition("", 0); // everything ever kept comes after it
    private static final Duration KEYS_LIVE = Duration.ofSeconds(270);

    /** Sends a frame in the topic, and brings back the first answer to it. */
    interface Speaker {

        void say(String type, Map<String, Object> payload, Optional<String> key, Answer answer);

        void later(Duration delay, Runnable task);

        /** Returns a number from 0 up to 1, by which waits are spread. */
        double random();
    }

    /** Takes an answer. */
    interface Answer {

        void take(String type, Map<String, Object> payload);
    }

    enum State {
        WAITING,
        SUBSCRIBING,
        SUBSCRIBED,
        ENDED
    }

    private static final class Item {

        final String type;
        final Map<String, Object> payload;
        final String key;
        final CompletableFuture<Ack> result = new CompletableFuture<>();
        long firstSent;
        int failures;
        boolean sent;
        boolean held;

        Item(String type, Map<String, Object> payload, String key) {
            this.type = type;
            this.payload = payload;
            this.key = key;
        }
    }

    final String name;
    final List<Delivered> delivered = new ArrayList<>();
    final List<Lost> lost = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    final TopicRoster roster = new TopicRoster();

    private final Speaker speaker;
    private final Optional<Integer> last;
    private final Deque<Item> queue = new ArrayDeque<>(); // not confirmed, in order; only the first is ever on its way
    private State state = State.WAITING;
    private @Nullable NotPublished over;
    private @Nullable String epoch;
    private @Nullable Long offset;
    private long attempts; // what an older one planned is not done
    private boolean begun; // was subscribed: without a position then, whatever is there was said since
    private @Nullable Map<String, Object> broken; // what the server said just now that it cannot go on with

    TopicFeed(String name, Optional<Integer> last, Speaker speaker) {
        this.name = name;
        this.last = last;
        this.speaker = speaker;
    }

    State state() {
        return state;
    }

    Optional<StreamPosition> position() {
        return epoch == null || offset == null ? Optional.empty() : Optional.of(new StreamPosition(epoch, offset));
    }

    @Override
    public String toString() {
        return name + " " + state + " at " + position() + ", heard " + delivered.size() + ", not confirmed "
                + queue.size() + ", lost " + lost + ", faults " + faults;
    }

    int unconfirmed() {
        return queue.size();
    }

    // Hearing

    void connected() {
        if (state != State.WAITING) {
            return;
        }
        Optional<StreamPosition> asked =
                position().or(() -> begun && offset == null ? Optional.of(START) : Optional.empty());
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("last", last.orElse(0)); // a number, so that positions are told
        asked.ifPresent(at -> wanted.put("position", Map.of("epoch", at.epoch(), "offset", at.offset())));
        ask(wanted, answer -> {
            boolean recovered = Boolean.TRUE.equals(answer.get("recovered"));
            Optional<StreamPosition> start = positionIn(answer, "position");
            boolean elsewhere = offset == null
                    ? asked.isPresent() && start.isPresent() && start.get().offset() > 0
                    : asked.isPresent() || start.isEmpty() || start.get().offset() != offset;
            begun = true;
            broken = null;
            if (answer.get("lost") instanceof Map<?, ?> told) {
                lost.add(lostIn(cast(told)));
            } else if (elsewhere && !recovered) {
                lost.add(new Lost(asked, start, "unknown"));
            }
            at(start);
        });
    }

    private interface Subscribed {
        void take(Map<String, Object> answer);
    }

    private void ask(Map<String, Object> wanted, Subscribed then) {
        state = State.SUBSCRIBING;
        speaker.say("subscribe", wanted, Optional.empty(), (type, answer) -> {
            if (state != State.SUBSCRIBING) {
                return;
            }
            if (type.equals("subscribed")) {
                state = State.SUBSCRIBED;
                over = null;
                then.take(answer);
                pump();
            } else if (type.equals("error") && isTemporary(answer)) {
                again(answer);
            } else {
                end(refusal(answer));
            }
        });
    }

    /** Subscribes anew, when the server has had the time it asked for. */
    private void again(Map<String, Object> answer) {
        state = State.WAITING;
        long attempt = ++attempts;
        speaker.later(waitIn(answer), () -> {
            if (attempt == attempts) {
                connected();
            }
        });
    }

    void heard(String type, Map<String, Object> payload, boolean answers, OptionalLong seq) {
        if (state != State.SUBSCRIBED) {
            return; // still from a subscription before
        }
        if (seq.isPresent()) {
            broken = null;
            kept(type, payload, seq.getAsLong());
            return;
        }
        switch (type) {
            case "unsubscribed" -> {
                if (broken == null) {
                    end(new NotPublished("not_subscribed", "the subscription was ended"));
                } else {
                    interrupted();
                    again(broken);
                }
            }
            case "error" -> {
                if ("unavailable".equals(payload.get("reason")) && !answers) {
                    broken = payload;
                }
                delivered.add(new Delivered(type, payload, seq));
            }
            case "subscribed" -> at(positionIn(payload, "position")); // it had kept nothing before
            case "lost" -> {
                lost.add(lostIn(payload));
                at(positionIn(payload, "to"));
            }
            case "presence_state", "presence_diff" -> {
                if (!roster.apply(type, payload)) {
                    speaker.say("presence", Map.of(), Optional.empty(), this::presence);
                }
            }
            case "typing" -> roster.typing(payload);
            default -> delivered.add(new Delivered(type, payload, seq));
        }
    }

    private void presence(String type, Map<String, Object> payload) {
        if (type.equals("presence_state")) {
            roster.apply(type, payload);
        } else {
            roster.refused();
        }
    }

    private void kept(String type, Map<String, Object> payload, long seq) {
        if (offset != null && seq <= offset) {
            faults.add(name + ": " + seq + " came again after " + offset);
            return;
        }
        if (seq != (offset == null ? seq : offset + 1)) {
            faults.add(name + ": " + seq + " came after " + offset);
        }
        offset = seq;
        delivered.add(new Delivered(type, payload, OptionalLong.of(seq)));
    }

    private void at(Optional<StreamPosition> position) {
        epoch = position.map(StreamPosition::epoch).orElse(null);
        offset = position.map(StreamPosition::offset).orElse(null);
    }

    void down(boolean failed) {
        if (state != State.ENDED) {
            state = State.WAITING;
        }
        attempts++;
        Optional<Item> sent = interrupted();
        if (failed && sent.isPresent() && ++sent.get().failures >= ATTEMPTS) {
            done(sent.get(), new NotPublished("failed", "the server failed over it"));
        }
    }

    /** Takes back what is on its way, to send it again later. */
    private Optional<Item> interrupted() {
        roster.interrupted();
        Optional<Item> sent = Optional.ofNullable(queue.peek()).filter(item -> item.sent);
        sent.ifPresent(item -> item.sent = false);
        return sent;
    }

    /** Nothing can be said here any more. */
    void end(NotPublished reason) {
        state = State.ENDED;
        over = reason;
        for (Item item : List.copyOf(queue)) {
            done(item, reason);
        }
    }

    // Saying: one at a time, so that a message that has to wait is not overtaken

    CompletableFuture<Ack> publish(String type, Map<String, Object> payload, String key) {
        var item = new Item(type, payload, key);
        if (over != null) {
            item.result.completeExceptionally(over);
        } else {
            queue.add(item);
            pump();
        }
        return item.result;
    }

    private void pump() {
        Item item = queue.peek();
        if (state != State.SUBSCRIBED || item == null || item.sent || item.held) {
            return;
        }
        long now = System.nanoTime();
        if (item.firstSent != 0 && now - item.firstSent > KEYS_LIVE.toNanos()) {
            done(item, new NotPublished("unconfirmed", "it may have been said"));
            return;
        }
        item.firstSent = item.firstSent == 0 ? now : item.firstSent;
        item.sent = true;
        speaker.say(item.type, item.payload, Optional.of(item.key), (type, answer) -> answered(item, type, answer));
    }

    private void answered(Item item, String type, Map<String, Object> answer) {
        if (type.equals("ack")) {
            Optional<StreamPosition> kept = positionIn(answer, "position");
            var id = Optional.ofNullable(answer.get("id")).map(text -> MessageId.of(text.toString()));
            done(item, new Ack(id, kept));
        } else if (type.equals("error") && isTemporary(answer)) {
            item.sent = false;
            item.held = true;
            speaker.later(waitIn(answer), () -> {
                item.held = false;
                pump();
            });
        } else if (type.equals("error")) {
            done(item, refusal(answer));
        } else {
            delivered.add(new Delivered(type, answer, OptionalLong.empty()));
            done(item, Ack.RECEIVED);
        }
    }

    private void done(Item item, Object outcome) {
        if (!queue.remove(item)) {
            return;
        }
        if (outcome instanceof NotPublished reason) {
            item.result.completeExceptionally(reason);
        } else {
            item.result.complete((Ack) outcome);
        }
        pump();
    }

    // Reading

    private static boolean isTemporary(Map<String, Object> error) {
        return "rate_limited".equals(error.get("reason")) || "unavailable".equals(error.get("reason"));
    }

    /** At least what the server asked for; spread, so that not all who were told the same come back in the same moment. */
    private Duration waitIn(Map<String, Object> error) {
        Object wait = error.getOrDefault("retryAfterMillis", error.get("retry_after_millis"));
        long least = wait instanceof Number millis ? millis.longValue() : 1_000;
        return Duration.ofMillis(Math.round(least * (1 + speaker.random())));
    }

    private static NotPublished refusal(Map<String, Object> error) {
        return new NotPublished(String.valueOf(error.get("reason")), String.valueOf(error.get("detail")));
    }

    private static Lost lostIn(Map<String, Object> payload) {
        return new Lost(positionIn(payload, "from"), positionIn(payload, "to"), String.valueOf(payload.get("cause")));
    }

    private static Optional<StreamPosition> positionIn(Map<String, Object> payload, String field) {
        return payload.get(field) instanceof Map<?, ?> at && at.get("offset") instanceof Number offset
                ? Optional.of(new StreamPosition(String.valueOf(at.get("epoch")), offset.longValue()))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are texts
    private static Map<String, Object> cast(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }
}

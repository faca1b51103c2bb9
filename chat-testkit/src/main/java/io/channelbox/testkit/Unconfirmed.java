package io.channelbox.testkit;

import io.channelbox.consumer.Ack;
import io.channelbox.message.MessageId;
import io.channelbox.testkit.TopicClient.Delivered;
import io.channelbox.testkit.TopicClient.NotPublished;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TopicClient} says in one topic and is not confirmed, in order: only the first is ever on its way, so that a message
 * that has to wait is not overtaken. Used on the client's loop only.
 */
final class Unconfirmed {

    private static final int ATTEMPTS = 3;
    private static final Duration KEYS_LIVE = Duration.ofSeconds(270);

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

    private final TopicFeed.Speaker speaker;
    private final Consumer<Delivered> replies;
    private final Deque<Item> queue = new ArrayDeque<>();
    private boolean going;
    private @Nullable NotPublished over;

    /** Brings what is answered, and is no acknowledgement, to {@code replies}. */
    Unconfirmed(TopicFeed.Speaker speaker, Consumer<Delivered> replies) {
        this.speaker = speaker;
        this.replies = replies;
    }

    int size() {
        return queue.size();
    }

    CompletableFuture<Ack> add(String type, Map<String, Object> payload, String key) {
        var item = new Item(type, payload, key);
        if (over != null) {
            item.result.completeExceptionally(over);
        } else {
            queue.add(item);
            sendNext();
        }
        return item.result;
    }

    /** There is a subscription: what waits is sent. */
    void begin() {
        over = null;
        going = true;
        sendNext();
    }

    /** There is none for now: what is on its way will be sent again. */
    void pause() {
        takeBack();
    }

    /** There is none for now because the server failed, and if it does so again and again over the same, that is given up. */
    void fail() {
        Optional<Item> sent = takeBack();
        if (sent.isPresent() && ++sent.get().failures >= ATTEMPTS) {
            done(sent.get(), new NotPublished("failed", "the server failed over it"));
        }
    }

    private Optional<Item> takeBack() {
        going = false;
        Optional<Item> sent = Optional.ofNullable(queue.peek()).filter(item -> item.sent);
        sent.ifPresent(item -> item.sent = false);
        return sent;
    }

    /** Nothing can be said any more. */
    void end(NotPublished reason) {
        going = false;
        over = reason;
        for (Item item : List.copyOf(queue)) {
            done(item, reason);
        }
    }

    private void sendNext() {
        Item item = queue.peek();
        if (!going || item == null || item.sent || item.held) {
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
            var id = Optional.ofNullable(answer.get("id")).map(text -> MessageId.of(text.toString()));
            done(item, new Ack(id, TopicFrames.positionIn(answer, "position")));
        } else if (type.equals("error") && TopicFrames.isTemporary(answer)) {
            item.sent = false;
            item.held = true;
            speaker.later(TopicFrames.waitIn(answer, speaker.random()), () -> {
                item.held = false;
                sendNext();
            });
        } else if (type.equals("error")) {
            done(item, TopicFrames.refusalIn(answer));
        } else {
            replies.accept(new Delivered(type, answer, OptionalLong.empty()));
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
        sendNext();
    }
}

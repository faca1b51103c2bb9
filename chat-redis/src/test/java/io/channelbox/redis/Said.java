package io.channelbox.redis;

import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What tests say, and how they try again while a Redis is away. */
final class Said {

    private Said() {}

    static StreamPosition publish(RedisBackplane backplane, GroupName group, String text) {
        var outgoing = new Outgoing(
                group,
                MessageId.at(Instant.now()),
                Bytes.of(text),
                Optional.of(new Keep(Retention.DEFAULT, text.length())),
                Optional.empty(),
                Optional.empty(),
                false);
        return ((Outcome.Kept) backplane.publish(outgoing)).position();
    }

    /** Tells a group something that somebody is to hear, or fails. */
    static boolean told(RedisBackplane backplane, GroupName group, String text, Events heard) {
        backplane.tell(group, Bytes.of(text));
        if (!heard.hears("signal " + text)) {
            throw new StoreException("it was not heard");
        }
        return true;
    }

    /** Waits until a replica has what was written, or fails. */
    static boolean replicated(RedisBackplane backplane) {
        if (backplane.link().await("replicating", backplane.link().commands().waitForReplication(1, 1_000)) < 1) {
            throw new StoreException("it was not replicated");
        }
        return true;
    }

    static <T> T eventually(Supplier<T> attempt) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return attempt.get();
            } catch (StoreException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}

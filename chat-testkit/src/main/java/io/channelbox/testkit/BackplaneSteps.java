package io.channelbox.testkit;

import static io.channelbox.testkit.BackplaneContract.ROOM;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.Backplane.Page;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** What the tests of backplanes do over and over: what they publish, and how they wait. */
final class BackplaneSteps {

    private BackplaneSteps() {}

    static StreamPosition publish(Backplane backplane, String... texts) {
        List<StreamPosition> positions = new ArrayList<>();
        for (String text : texts) {
            positions.add(kept(backplane.publish(kept(text))));
        }
        return positions.get(0);
    }

    static Outgoing kept(String text) {
        return kept(text, Retention.DEFAULT);
    }

    static Outgoing kept(String text, Retention retention) {
        return kept(ROOM, text, retention);
    }

    static Outgoing kept(GroupName group, String text, Retention retention) {
        return new Outgoing(
                group,
                newId(),
                bytes(text),
                Optional.of(new Keep(retention, text.length())),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    static Outgoing told(String text) {
        return told(ROOM, text);
    }

    static Outgoing told(GroupName group, String text) {
        return new Outgoing(group, newId(), bytes(text), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static Outgoing keyed(String text, String key, String user) {
        return new Outgoing(
                ROOM,
                newId(),
                bytes(text),
                Optional.of(new Keep(Retention.DEFAULT, text.length())),
                Optional.of(key),
                Optional.of(new UserId(user)),
                false);
    }

    static Outgoing ruled(String user) {
        return new Outgoing(
                ROOM,
                newId(),
                bytes(user),
                Optional.of(new Keep(Retention.DEFAULT, user.length())),
                Optional.empty(),
                Optional.of(new UserId(user)),
                true);
    }

    static MessageId newId() {
        return MessageId.at(Instant.now());
    }

    static StreamPosition kept(Outcome outcome) {
        return assertInstanceOf(Outcome.Kept.class, outcome).position();
    }

    static List<String> texts(Page page) {
        return page.entries().stream().map(entry -> text(entry.envelope())).toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static <T> T eventually(Supplier<T> asked, T wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        T answer = asked.get();
        while (!answer.equals(wanted) && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
            answer = asked.get();
        }
        return answer;
    }

    static <T> List<T> atOnce(int threads, IntFunction<T> work) throws Exception {
        var start = new CountDownLatch(1);
        List<CompletableFuture<T>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            var result = new CompletableFuture<T>();
            results.add(result);
            new Thread(() -> {
                        try {
                            start.await();
                            result.complete(work.apply(number));
                        } catch (Throwable e) {
                            result.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        start.countDown();
        List<T> all = new ArrayList<>();
        for (CompletableFuture<T> result : results) {
            all.add(result.get(30, TimeUnit.SECONDS));
        }
        return all;
    }
}

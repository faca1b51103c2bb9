package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads, all at once. What must hold afterwards holds for every seed. */
@Timeout(120)
class ChannelBoxStressTest {

    private static final int GROUPS = 50;
    private static final int TASKS = 1_200;
    private static final int STEPS = 40;
    private static final int THREADS = 16;
    private static final PublishOptions KEPT = PublishOptions.DEFAULT.savingHistory();

    @Test
    void afterAThousandTasksTheRegistryIsRightAndNoStableMemberMissedOrDoubledAnything() throws Exception {
        long seed = Seeds.next("box stress");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        ExecutorService completions = Executors.newFixedThreadPool(2);
        try (var box = ChannelBox.builder()
                .groups("room", GroupSettings.DEFAULT.retaining(Retention.DEFAULT.withCount(100_000)))
                .build()) {
            List<Stable> stable = new ArrayList<>();
            for (int group = 0; group < GROUPS; group++) {
                stable.add(new Stable(box, "room:" + group, completions, new Random(seed + group)));
                stable.add(new Gathering(box, "room:" + group, completions, new Random(seed - group - 1)));
            }
            Map<String, Set<String>> said = new ConcurrentHashMap<>();
            Set<Channel> open = ConcurrentHashMap.newKeySet();

            List<Future<?>> tasks = new ArrayList<>();
            for (int task = 0; task < TASKS; task++) {
                var visitor = new Visitor(box, task, new Random(seed * 31 + task), said, open);
                tasks.add(threads.submit(visitor));
            }
            for (Future<?> each : tasks) {
                each.get();
            }
            drained(completions, stable);

            assertEquals(
                    union(open, stable), new HashSet<>(box.channels()), "the box knows the open channels and no other");
            for (int group = 0; group < GROUPS; group++) {
                assertGroupIsRight(box, "room:" + group, stable, said);
            }
        } finally {
            threads.shutdownNow();
            completions.shutdownNow();
        }
    }

    private static void assertGroupIsRight(
            ChannelBox box, String name, List<Stable> stable, Map<String, Set<String>> said) {
        Group group = box.group(name);
        Set<Channel> members = box.channels().stream()
                .filter(channel -> channel.groups().contains(group.name()))
                .collect(Collectors.toSet());
        assertEquals(members, new HashSet<>(group.members()), "both directions agree");
        assertEquals(members.size(), group.size());

        List<Stable> here =
                stable.stream().filter(each -> each.group.equals(name)).toList();
        List<String> first = here.get(0).received();
        assertEquals(first.size(), new HashSet<>(first).size(), "nothing came twice");
        assertEquals(said.getOrDefault(name, Set.of()), new HashSet<>(first), "nothing was missed");
        for (Stable other : here) {
            assertEquals(first, other.received(), "all read the same order");
        }
        List<String> kept = first.stream().filter(text -> text.startsWith("k")).toList();
        List<String> remembered = new ArrayList<>();
        group.history(HistoryQuery.latest(1_000)).entries().forEach(entry -> {
            assertTrue(entry.position().offset() > remembered.size());
            remembered.add(((TextFrame) entry.message().payload().frame()).text());
        });
        assertEquals(tail(kept, remembered.size()), remembered, "the history has the order that was told");
    }

    private static List<String> tail(List<String> list, int size) {
        return list.subList(list.size() - size, list.size());
    }

    private static Set<Channel> union(Set<Channel> open, List<Stable> stable) {
        Set<Channel> all = new HashSet<>(open);
        stable.forEach(each -> all.add(each.channel));
        return all;
    }

    /** Waits until nothing is on its way any more: completions bring further sends, so it asks until all are quiet. */
    private static void drained(ExecutorService completions, List<Stable> stable) throws Exception {
        while (stable.stream().anyMatch(Stable::isBusy)) {
            completions.submit(() -> {}).get();
        }
    }

    /** A member that stays from beginning to end, and whose sends complete now or later. */
    private static class Stable implements Connection {

        private final String group;
        private final ExecutorService completions;
        private final Random random;
        private final List<String> received = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger inFlight = new AtomicInteger();
        private final Channel channel;

        Stable(ChannelBox box, String group, ExecutorService completions, Random random) {
            this.group = group;
            this.completions = completions;
            this.random = random;
            this.channel = box.open(this, Opening.of(User.named("stable"), TextCodec.PLAIN));
            box.group(group).join(channel);
        }

        List<String> received() {
            return List.copyOf(received);
        }

        void received(String text) {
            received.add(text);
        }

        AtomicInteger inFlight() {
            return inFlight;
        }

        boolean isBusy() {
            return inFlight.get() > 0 || channel.outbox().waitingBytes() > 0;
        }

        @Override
        public void send(Frame frame, Completion completion) {
            inFlight.incrementAndGet();
            received.add(((TextFrame) frame).text());
            completeSomehow(completion);
        }

        void completeSomehow(Completion completion) {
            if (random.nextInt(3) > 0) {
                completed(completion);
            } else {
                completions.execute(() -> completed(completion));
            }
        }

        private void completed(Completion completion) {
            completion.succeeded();
            inFlight.decrementAndGet();
        }

        @Override
        public void ping(Completion completion) {
            completion.succeeded();
        }

        @Override
        public void close(CloseStatus status) {
            channel.ended(status);
        }
    }

    /** One that takes together what waits. */
    private static final class Gathering extends Stable implements GatheringConnection {

        Gathering(ChannelBox box, String group, ExecutorService completions, Random random) {
            super(box, group, completions, random);
        }

        @Override
        public void sendAll(List<Frame> frames, Completion completion) {
            inFlight().incrementAndGet();
            frames.forEach(frame -> received(((TextFrame) frame).text()));
            completeSomehow(completion);
        }
    }

    /** Comes, joins, leaves, speaks, breaks, and goes or stays. */
    private static final class Visitor implements Runnable {

        private final ChannelBox box;
        private final int number;
        private final Random random;
        private final Map<String, Set<String>> said;
        private final Set<Channel> open;

        Visitor(ChannelBox box, int number, Random random, Map<String, Set<String>> said, Set<Channel> open) {
            this.box = box;
            this.number = number;
            this.random = random;
            this.said = said;
            this.open = open;
        }

        @Override
        public void run() {
            var connection = new RecordingConnection();
            Channel me = box.open(connection, Opening.of(User.named("visitor " + number % 100), TextCodec.PLAIN));
            connection.tell(me);
            for (int step = 0; step < STEPS; step++) {
                Group group = box.group("room:" + random.nextInt(GROUPS));
                switch (random.nextInt(8)) {
                    case 0, 1 -> group.join(me);
                    case 2 -> group.joinWithHistory(me, HistoryQuery.latest(5), page -> page.payloads());
                    case 3, 4 -> group.leave(me);
                    case 5 -> say(group, "k" + number + "." + step, KEPT);
                    case 6 -> say(group, "u" + number + "." + step, PublishOptions.DEFAULT.except(me.id()));
                    default -> box.sendToUser(me.user().id(), "psst");
                }
            }
            leaveSomehow(me, connection);
        }

        private void say(Group group, String text, PublishOptions options) {
            said.computeIfAbsent(group.name().value(), name -> ConcurrentHashMap.newKeySet())
                    .add(text);
            group.broadcast(text, options);
        }

        private void leaveSomehow(Channel me, RecordingConnection connection) {
            switch (random.nextInt(3)) {
                case 0 -> me.ended(CloseStatus.ABNORMAL);
                case 1 -> {
                    var ended = new CountDownLatch(1);
                    me.onClose(status -> ended.countDown());
                    if (random.nextBoolean()) {
                        me.close();
                    } else {
                        connection.sending(RecordingConnection.Sends.THROWING);
                        me.send("into a broken connection");
                    }
                    try {
                        ended.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
                default -> open.add(me);
            }
        }
    }

    @Test
    void oneThatNeverReadsCostsTheOthersNothingAndIsClosedWithItsCode() throws Exception {
        int messages = 10_000;
        int bound = 64 << 10;
        try (var box = ChannelBox.builder()
                .outbox(OutboxLimits.DEFAULT.withBytes(bound))
                .build()) {
            List<RecordingConnection> readers = new ArrayList<>();
            IntStream.range(0, 20).forEach(i -> readers.add(join(box, "reader" + i, new RecordingConnection())));
            var stuck = new RecordingConnection().sending(RecordingConnection.Sends.LATER);
            join(box, "stuck", stuck);
            Channel slow = box.channelsOf(new UserId("stuck")).get(0);
            var most = new AtomicLong();

            for (int i = 0; i < messages; i++) {
                box.group("room").broadcast("message " + i + " " + "x".repeat(100));
                most.accumulateAndGet(slow.outbox().waitingBytes(), Math::max);
            }
            var ended = new CountDownLatch(1);
            slow.onClose(status -> ended.countDown());
            ended.await();

            for (RecordingConnection reader : readers) {
                assertEquals(messages, reader.frames().size());
            }
            assertTrue(most.get() > 0 && most.get() <= bound, () -> "waiting bytes reached " + most);
            assertEquals(List.of(4413), stuck.closeCodes());
            assertEquals(1, stuck.frames().size());
            assertEquals(20, box.group("room").size());
        }
    }

    private static RecordingConnection join(ChannelBox box, String user, RecordingConnection connection) {
        Channel channel = box.open(connection, Opening.of(User.named(user), TextCodec.PLAIN));
        connection.tell(channel);
        box.group("room").join(channel);
        return connection;
    }
}

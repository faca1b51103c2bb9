package io.channelbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Census;
import io.channelbox.fake.ManualTime;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred thousand connections come and go, on several threads and in every way there is; afterwards nothing is left of them. */
@Timeout(300)
class ChurnTest {

    private static final int VISITS = 100_000;
    private static final int THREADS = 4;
    private static final int USERS = 500;
    private static final int ROOMS = 40;
    private static final int OPEN_AT_ONCE = 8;
    private static final Duration LONGER_THAN_ANYTHING_IS_REMEMBERED = Duration.ofMinutes(10);

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String user, String text) {}

    private final Phaser work = new Phaser(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ExecutorService callbacks = Executors.newFixedThreadPool(THREADS);
    private final ManualTime time = new ManualTime();
    private final InMemoryHistoryStore history = new InMemoryHistoryStore(time);
    private final Map<Class<?>, LongAdder> events = new ConcurrentHashMap<>();
    private final LongAdder refusedAtTheDoor = new LongAdder();
    private final LongAdder refusedToJoin = new LongAdder();
    private final AtomicLong subscribed = new AtomicLong();
    private final AtomicLong unsubscribed = new AtomicLong();
    private final ChannelBox box = ChannelBox.builder()
            .clock(time)
            .nanoTime(time::nanoTime)
            .scheduler(time)
            .executor(this::execute)
            .history(history)
            .limits(Limits.NONE
                    .withChannelsPerUser(3)
                    .withGroupsPerChannel(3)
                    .withMessagesPerChannel(Rate.perSecond(5))
                    .withMessagesPerUser(Rate.perSecond(20))
                    .withMessagesPerGroup(Rate.perSecond(200))
                    .withJoinsPerChannel(Rate.perSecond(3)))
            .listen(event -> events.computeIfAbsent(event.getClass(), kind -> new LongAdder())
                    .increment())
            .build();

    private final Presence presence = Presence.in(box).build();
    private final Topics topics = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
            .topic("room:{id}", Room::new)
            .presence(presence)
            .receipts();

    private final class Room extends Topic<Say> {

        @Override
        protected void onSubscribe() {
            subscribed.incrementAndGet();
        }

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(user().name(), say.text())));
        }

        @Override
        protected void onUnsubscribe() {
            unsubscribed.incrementAndGet();
        }
    }

    /** Known to be done when all that it brings is done too. */
    private void execute(Runnable callback) {
        work.register();
        callbacks.execute(() -> {
            try {
                callback.run();
            } finally {
                work.arriveAndDeregister();
            }
        });
    }

    @AfterEach
    void stopTheThreads() {
        threads.shutdownNow();
        callbacks.shutdownNow();
    }

    @Test
    void afterAHundredThousandConnectionsNothingIsLeftOfThem() throws Exception {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println("churn: -Dchannelbox.seed=" + seed);
        Map<String, Long> before = census();

        churn(seed);
        settle();

        Map<String, Long> left = census();
        left.entrySet().removeAll(before.entrySet());
        assertEquals(Map.of(), left);
        assertEquals(VISITS, count(ChatEvent.ChannelOpened.class) + refusedAtTheDoor.sum());
        assertEquals(count(ChatEvent.ChannelOpened.class), count(ChatEvent.ChannelClosed.class));
        assertEquals(count(ChatEvent.Joined.class), count(ChatEvent.Left.class));
        assertEquals(count(ChatEvent.GroupCreated.class), count(ChatEvent.GroupEmptied.class));
        assertEquals(subscribed.get(), unsubscribed.get());
        assertTrue(refusedToJoin.sum() > 0);
        for (Class<?> seen : List.of(
                ChatEvent.Published.class,
                ChatEvent.Kicked.class,
                ChatEvent.RateLimited.class,
                ChatEvent.AccessDenied.class,
                ChatEvent.PeerErred.class)) {
            assertTrue(count(seen) > 0, () -> "the churn has brought no " + seen.getSimpleName());
        }
    }

    private long count(Class<?> kind) {
        return events.getOrDefault(kind, new LongAdder()).sum();
    }

    /** Looks when nothing is under way: neither a callback, nor what somebody would sweep up. What is kept is meant to stay, so it is cleared. */
    private Map<String, Long> census() {
        history.clearAll();
        Map<String, Long> census = new TreeMap<>(Census.of("box", box));
        census.putAll(Census.of("topics", topics));
        census.putAll(Census.of("presence", presence));
        census.keySet().removeIf(ChurnTest::isMeantToChange);
        return census;
    }

    /**
     * Histories go on where they ended, so their names stay and appends are counted on; so are the numbers of presence's entries,
     * and a class keeps its name. What runs the box's work is this test.
     */
    private static boolean isMeantToChange(String path) {
        return path.endsWith(".store.appends")
                || path.endsWith(".store.streams")
                || path.endsWith(".refs")
                || path.endsWith(".writer.names")
                || path.contains(".executor.executor.");
    }

    private void churn(long seed) throws Exception {
        List<Future<?>> visitors = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            boolean first = thread == 0;
            visitors.add(threads.submit(new Visitors(new Random(seed + thread), VISITS / THREADS, first)));
        }
        for (Future<?> each : visitors) {
            each.get();
        }
    }

    /** Lets time pass, but not while there is work: what that brings is to find the time at which it began. */
    private void settle() {
        work.arriveAndAwaitAdvance();
        for (int step = 0; step < 20; step++) {
            time.pass(LONGER_THAN_ANYTHING_IS_REMEMBERED.dividedBy(20));
            work.arriveAndAwaitAdvance();
        }
        for (int word = 0; word < 10_000; word++) { // whatever is published later makes the broker forget what is old
            box.group("elsewhere").broadcast("a word");
        }
    }

    /** One after another comes, does what peers and operators do, and goes; some are there at the same time. */
    private final class Visitors implements Runnable {

        private record Visit(User user, ConsumerSession session, RecordingConnection connection) {}

        private final Random random;
        private final int visits;
        private final boolean movesTime;
        private final ArrayDeque<Visit> here = new ArrayDeque<>();

        Visitors(Random random, int visits, boolean movesTime) {
            this.movesTime = movesTime;
            this.random = random;
            this.visits = visits;
        }

        @Override
        public void run() {
            for (int visit = 0; visit < visits; visit++) {
                come(visit);
                if (movesTime && visit % 100 == 0) {
                    time.pass(Duration.ofSeconds(1));
                }
                if (here.size() > OPEN_AT_ONCE) {
                    go(here.remove());
                }
            }
            here.forEach(this::go);
        }

        private void come(int number) {
            var user = User.named("user" + random.nextInt(USERS));
            var connection = new RecordingConnection();
            ConsumerSession session;
            try {
                session = ConsumerSession.open(
                        box, topics.hub().get(), connection, Handshake.at("/").build(), user, ConsumerOptions.DEFAULT);
            } catch (CloseException refused) {
                refusedAtTheDoor.increment();
                return;
            }
            connection.tell(session::closed, session::heard);
            var visit = new Visit(user, session, connection);
            here.add(visit);
            for (int step = random.nextInt(6); step >= 0; step--) {
                act(visit, number + "." + step);
            }
        }

        private void act(Visit visit, String key) {
            String room = "room:" + random.nextInt(ROOMS);
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3 -> say(visit, room, "subscribe", "{}", key);
                case 4, 5 -> say(visit, room, "subscribe", "{\"last\":5}", key);
                case 6, 7, 8, 9, 10 -> say(visit, room, "say", "{\"text\":\"hello\"}", key);
                case 11 -> say(visit, room, "unsubscribe", "{}", key);
                case 12 -> say(visit, room, "typing", "{\"typing\":true}", key);
                case 13 -> say(visit, room, "status", "{\"status\":\"away\",\"text\":\"lunch\"}", key);
                case 14 -> say(visit, "nowhere", "subscribe", "{}", key);
                case 15 -> visit.session().receive(Frame.text("{\"no json"));
                case 16 -> joinWithHistory(visit, room);
                case 17 -> visit.session().channel().send("direct");
                default -> operate(room, visit.user().id());
            }
        }

        private void joinWithHistory(Visit visit, String room) {
            try {
                box.group(room).joinWithHistory(visit.session().channel(), HistoryQuery.latest(5), page -> "page");
            } catch (PeerException refused) {
                refusedToJoin.increment();
            }
        }

        private void say(Visit visit, String topic, String type, String payload, String key) {
            visit.session().receive(Frame.text("""
                    {"topic":"%s","ref":"%s","idempotency_key":"%s","type":"%s","payload":%s}\
                    """.formatted(topic, key, key, type, payload)));
        }

        private void operate(String room, UserId user) {
            switch (random.nextInt(40)) {
                case 0 -> box.ban(user, Duration.ofSeconds(2));
                case 1 -> box.unban(user);
                case 2 -> box.disconnectUser(user, CloseStatus.GOING_AWAY);
                case 3 -> box.group(room).ban(user, Duration.ofSeconds(2));
                case 4, 6, 7, 8 -> box.group(room).kick(user); // most are not there
                case 5 -> box.flushGroups();
                default -> box.sendToUser(user, "psst");
            }
        }

        private void go(Visit visit) {
            switch (random.nextInt(5)) {
                case 0 -> visit.session().channel().close();
                case 1 -> {
                    visit.connection().sending(RecordingConnection.Sends.THROWING);
                    visit.session().channel().send("into a broken connection");
                    visit.session().closed(CloseStatus.ABNORMAL);
                }
                case 2 -> {
                    visit.connection().sending(RecordingConnection.Sends.LATER);
                    visit.session().channel().send("into a connection that takes nothing");
                    visit.session().closed(CloseStatus.ABNORMAL);
                }
                case 3 -> visit.connection().neverAnsweringPings().neverClosing(); // and nobody says that it is gone
                default -> visit.session().closed(CloseStatus.NORMAL);
            }
            if (random.nextInt(3) == 0) {
                visit.session().receive(Frame.text("{\"after\":\"the end\"}"));
            }
        }
    }
}

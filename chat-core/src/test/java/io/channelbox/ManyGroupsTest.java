package io.channelbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.channel.Group;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Census;
import io.channelbox.fake.ManualExecutor;
import io.channelbox.fake.ManualTime;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.Frame;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few connections stay and see a hundred thousand groups, in each of which all that there is happens; afterwards nothing is left of them. */
@Timeout(600)
class ManyGroupsTest {

    private static final int GROUPS = 100_000;
    private static final int PEERS = 100;
    private static final int REMEMBERED_HISTORIES = 1_000;
    private static final PublishOptions KEPT = PublishOptions.DEFAULT.savingHistory();

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String user, String text) {}

    private static final class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(user().name(), say.text())));
        }
    }

    /** Takes everything and keeps nothing. */
    private static final class Sink implements Connection {

        @Override
        public void send(Frame frame, Completion completion) {
            completion.succeeded();
        }

        @Override
        public void ping(Completion completion) {
            completion.succeeded();
        }

        @Override
        public void close(CloseStatus status) {}
    }

    private final ManualTime time = new ManualTime();
    private final ManualExecutor executor = new ManualExecutor();
    private final InMemoryHistoryStore history = new InMemoryHistoryStore(time, REMEMBERED_HISTORIES, 64 << 20);
    private final Map<Class<?>, Integer> events = new HashMap<>();
    private final ChannelBox box = ChannelBox.builder()
            .clock(time)
            .nanoTime(time::nanoTime)
            .scheduler(time)
            .executor(executor)
            .history(history)
            .expires(Duration.ZERO)
            .limits(Limits.NONE.withMessagesPerGroup(Rate.perSecond(2)))
            .listen(event -> events.merge(event.getClass(), 1, Integer::sum))
            .build();
    private final Presence presence = Presence.in(box).build();
    private final Topics topics = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
            .topic("room:{id}", Room::new)
            .presence(presence)
            .receipts();
    private final List<ConsumerSession> peers = new ArrayList<>();

    @Test
    void ofAHundredThousandGroupsThatEmptiedNothingIsLeft() {
        for (int i = 0; i < PEERS; i++) {
            peers.add(enter("user" + i));
        }
        see(0, PEERS); // what each peer has once for all
        settle();
        Map<String, Long> before = census();
        events.clear();

        see(PEERS, PEERS + GROUPS);
        settle();

        Map<String, Long> left = census();
        left.entrySet().removeAll(before.entrySet());
        assertEquals(Map.of(), left);
        assertTrue(history.rememberedGroups() <= REMEMBERED_HISTORIES);
        assertEquals(2 * GROUPS, count(ChatEvent.GroupCreated.class));
        assertEquals(2 * GROUPS, count(ChatEvent.GroupEmptied.class));
        assertTrue(count(ChatEvent.Published.class) >= 2 * GROUPS);
        assertEquals(GROUPS, count(ChatEvent.Kicked.class));
    }

    private int count(Class<?> kind) {
        return events.getOrDefault(kind, 0);
    }

    private ConsumerSession enter(String user) {
        ConsumerSession session = ConsumerSession.open(
                box,
                topics.hub().get(),
                new Sink(),
                Handshake.at("/").build(),
                User.named(user),
                ConsumerOptions.DEFAULT);
        executor.run();
        return session;
    }

    private void see(int from, int to) {
        for (int i = from; i < to; i++) {
            ConsumerSession peer = peers.get(i % PEERS);
            seeTopic(peer, "room:" + i);
            seeGroup(peer, box.group("group:" + i));
            executor.run();
            if (i % 1_000 == 0) {
                pass(1);
            }
        }
    }

    private void seeTopic(ConsumerSession peer, String topic) {
        say(peer, topic, "subscribe", "{\"last\":5}");
        say(peer, topic, "say", "{\"text\":\"hello\"}");
        say(peer, topic, "received", "{\"offset\":1}");
        say(peer, topic, "typing", "{\"typing\":true}");
        executor.run();
        say(peer, topic, "unsubscribe", "{}");
        executor.run();
    }

    private static void say(ConsumerSession peer, String topic, String type, String payload) {
        peer.receive(Frame.text("""
                {"topic":"%s","ref":"1","idempotency_key":"%s","type":"%s","payload":%s}\
                """.formatted(topic, topic + type, type, payload)));
    }

    private void seeGroup(ConsumerSession peer, Group group) {
        group.joinWithHistory(peer.channel(), HistoryQuery.latest(5), page -> new Said("nobody", "page"));
        presence.track(group.name(), peer.channel());
        group.broadcast(new Said("nobody", "hello"), KEPT.withIdempotencyKey("key"));
        group.ban(peer.channel().user().id(), Duration.ofSeconds(2));
    }

    /** Lets time pass in which everything is forgotten, and says what makes the broker forget. */
    private void settle() {
        pass(600);
        for (int word = 0; word < 10_000; word++) {
            box.group("elsewhere").broadcast(new Said("nobody", "a word"));
        }
        executor.run();
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            time.pass(Duration.ofSeconds(1));
            peers.forEach(peer -> peer.heard());
            executor.run();
        }
    }

    /** Histories are bounded in number, so what they count is not looked at; nor are numbers that go on, and names of classes. */
    private Map<String, Long> census() {
        history.clearAll();
        Map<String, Long> census = new TreeMap<>(Census.of("box", box));
        census.putAll(Census.of("topics", topics));
        census.putAll(Census.of("presence", presence));
        for (ConsumerSession peer : peers) {
            Census.of("peer", peer).forEach((path, count) -> census.merge(path, count, Long::sum));
        }
        census.keySet().removeIf(ManyGroupsTest::isMeantToChange);
        return census;
    }

    private static boolean isMeantToChange(String path) {
        return path.contains(".store.")
                || path.contains(".executor.")
                || path.contains(".box.") // which is looked at itself
                || path.contains(".liveness.")
                || path.endsWith(".inFlightSince")
                || path.endsWith(".waiting.gone")
                || path.endsWith(".waiting.forgotten")
                || path.endsWith(".refs")
                || path.endsWith(".writer.names");
    }
}

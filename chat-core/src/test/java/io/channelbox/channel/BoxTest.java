package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.Broker;
import io.channelbox.broker.LocalBroker;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.history.History;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.NoHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A box from being built to being closed. */
@Timeout(30)
class BoxTest {

    @Test
    void closingSaysGoingAwayOncePerConnectionHoweverManyGroupsItIsIn() throws Exception {
        var threads = Executors.newCachedThreadPool();
        try {
            var box = ChannelBox.builder().executor(threads).build();
            var connection = new RecordingConnection();
            Channel ann = box.open(connection, opening("ann"));
            connection.tell(ann);
            box.group("g1").join(ann);
            box.group("g2").join(ann);

            box.close();

            assertEquals(List.of(1001), connection.closeCodes());
            assertEquals(List.of(), box.channels());
            assertEquals(Set.of(), box.groups());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingWaitsForWhatIsQueuedAndForTheWorkOfTheBox() throws Exception {
        var box = ChannelBox.builder().build();
        var connection = new RecordingConnection().sending(Sends.LATER);
        Channel ann = box.open(connection, opening("ann"));
        connection.tell(ann);
        ann.send("last words");
        var begun = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        box.executor().execute(() -> {
            begun.countDown();
            await(finish);
            connection.completeAll();
        });
        await(begun);

        var closing = new Thread(() -> box.close(Duration.ofSeconds(20)));
        closing.start();
        finish.countDown();
        closing.join();

        assertEquals(List.of("last words"), connection.texts());
        assertEquals(List.of(1001), connection.closeCodes());
    }

    @Test
    void closingGivesUpWhatDoesNotEnd() {
        var test = new TestBox();
        Peer ann = test.enter("ann", "room");
        ann.connection().sending(Sends.LATER).neverClosing();
        ann.channel().send("stalled");

        test.box.close(Duration.ZERO);

        assertEquals(List.of(), test.box.channels());
        assertEquals(Set.of(), test.box.groups());
        test.executor.run();
        assertEquals(List.of(1001), ann.closeCodes());
    }

    @Test
    void oneConnectionThatFailsToCloseDoesNotStopTheOthers() {
        var box = ChannelBox.builder().build();
        var broken = new RecordingConnection();
        Channel bad = box.open(broken, opening("bad"));
        broken.tell(
                status -> {
                    bad.ended(status);
                    throw new AssertionError("close failed");
                },
                () -> {});
        var connection = new RecordingConnection();
        connection.tell(box.open(connection, opening("ann")));

        box.close();

        assertEquals(List.of(1001), connection.closeCodes());
        assertEquals(List.of(), box.channels());
    }

    @Test
    void closingTwiceAndClosingWithNobodyInIsNoError() {
        var test = new TestBox();

        test.box.close();
        test.box.close();
    }

    @Test
    void aClosedBoxOpensNothing() {
        var test = new TestBox();
        test.box.close();

        assertThrows(IllegalStateException.class, () -> test.enter("ann"));
    }

    @Test
    void aBrokerBelongsToOneBox() {
        var broker = new LocalBroker();
        ChannelBox.builder().broker(broker).build().close();

        assertThrows(
                IllegalStateException.class,
                () -> ChannelBox.builder().broker(broker).build());
    }

    @Test
    void aBrokerAndAHistoryTogetherAreRefusedWithTheCure() {
        var builder = ChannelBox.builder().broker(new LocalBroker()).history(new InMemoryHistoryStore());

        var refused = assertThrows(IllegalStateException.class, builder::build);

        assertTrue(String.valueOf(refused.getMessage()).contains("new LocalBroker(history)"));
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedAtTheDoor() {
        var builder = ChannelBox.builder();
        List<Consumer<ChannelBox.Builder>> mistakes = List.of(
                it -> it.expires(Duration.ofSeconds(-1)),
                it -> it.sendTimeout(Duration.ZERO),
                it -> it.closeTimeout(Duration.ZERO),
                it -> it.pings(Duration.ofSeconds(-1), Duration.ofSeconds(1)),
                it -> it.pings(Duration.ofSeconds(1), Duration.ZERO),
                it -> it.groups("a:b", GroupSettings.DEFAULT),
                it -> it.groups("", GroupSettings.DEFAULT),
                it -> it.outbox(OutboxLimits.DEFAULT.withBytes(0)),
                it -> it.outbox(OutboxLimits.DEFAULT.withFrames(0)));

        for (Consumer<ChannelBox.Builder> mistake : mistakes) {
            assertThrows(IllegalArgumentException.class, () -> mistake.accept(builder));
        }
    }

    @Test
    void withoutSavingNothingIsKept() {
        var test = new TestBox();

        test.box.group("room").broadcast("hello");

        assertTrue(test.box.group("room").history(HistoryQuery.latest(10)).isEmpty());
        assertEquals(Set.of(), test.box.history().groups());
    }

    @Test
    void aKindOfGroupCanBeDeclaredToBeKept() {
        var test = new TestBox(
                builder -> builder.groups("room", GroupSettings.DEFAULT.saving(Retention.DEFAULT.withKinds("said"))));
        Group room = test.box.group("room:1");
        var said = PublishOptions.DEFAULT.ofKind("said");

        room.broadcast("kept", said);
        room.broadcast("not kept", said.withoutHistory());
        room.broadcast(
                "not of that kind", PublishOptions.DEFAULT.ofKind("typing").savingHistory());
        test.box.group("other:1").broadcast("not declared", said);

        assertEquals(1, room.historyStats().count());
        assertEquals(Set.of(GroupName.of("room:1")), test.box.history().groups());
    }

    @Test
    void aBoxThatKeepsNothingTellsEverything() {
        var test = new TestBox(builder -> builder.history(NoHistoryStore.INSTANCE));
        Peer ann = test.enter("ann", "room");

        BroadcastResult result = test.box.group("room").broadcast("hello", PublishOptions.DEFAULT.savingHistory());

        assertEquals(1, result.queued());
        assertTrue(result.position().isEmpty());
        assertEquals(List.of("hello"), ann.texts());
        test.box.group("room").clearHistory();
    }

    @Test
    void aJoinTheBrokerRefusesIsNoMembership() {
        var broker = new UnreachableBroker();
        var test = new TestBox(builder -> builder.broker(broker));
        Peer ann = test.enter("ann");
        broker.reachable = false;

        assertThrows(StoreException.class, () -> test.box.group("room").join(ann.channel()));

        assertEquals(Set.of(), test.box.groups());
        assertEquals(Set.of(), ann.channel().groups());
    }

    @Test
    void aChannelWhoseInboxCannotBeWatchedIsNotOpenedByHalf() {
        var broker = new UnreachableBroker();
        var test = new TestBox(builder -> builder.broker(broker));
        broker.reachable = false;

        assertThrows(StoreException.class, () -> test.enter("ann"));

        assertEquals(List.of(), test.box.channels());
    }

    @Test
    void aBrokerThatIsGoneKeepsNoChannelFromLeavingAndEnding() {
        var broker = new UnreachableBroker();
        var test = new TestBox(builder -> builder.broker(broker));
        Peer ann = test.enter("ann", "room");
        broker.reachable = false;

        assertEquals(LeaveStatus.GROUP_REMOVED, test.box.group("room").leave(ann.channel()));
        ann.channel().ended(CloseStatus.NORMAL);

        assertEquals(List.of(), test.box.channels());
    }

    @Test
    void theBrokerWatchesAGroupForAsLongAsItHasMembersHere() {
        var broker = new UnreachableBroker();
        var test = new TestBox(builder -> builder.broker(broker));
        Peer ann = test.enter(opening("ann").joiningInboxLater());
        Peer bob = test.enter(opening("bob").joiningInboxLater());
        Group room = test.box.group("room");

        room.join(ann.channel());
        room.join(bob.channel());
        assertEquals(Set.of(room.name()), broker.watched);
        room.leave(ann.channel());
        assertEquals(Set.of(room.name()), broker.watched);
        bob.channel().ended(CloseStatus.NORMAL);

        assertEquals(Set.of(), broker.watched);
    }

    @Test
    void aChannelThatWaitsForItsInboxIsNotReachedThroughIt() {
        var test = new TestBox();
        Peer ann = test.enter(opening("ann").joiningInboxLater());

        test.box.sendToUser(ann.channel().user().id(), "too early");
        test.box.inbox(ann.channel().user().id()).join(ann.channel());
        test.box.sendToUser(ann.channel().user().id(), "now");

        assertEquals(List.of("now"), ann.texts());
    }

    @Test
    void theDefaultThreadsEndWithTheBoxAndKeepNoProcessAlive() {
        var box = ChannelBox.builder().build();
        var seen = new CountDownLatch(1);
        var daemon = new boolean[1];
        box.executor().execute(() -> {
            daemon[0] = Thread.currentThread().isDaemon();
            seen.countDown();
        });
        await(seen);

        box.close();

        assertTrue(daemon[0]);
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("channelbox-sweeper") && !thread.isDaemon()));
    }

    private static Opening opening(String user) {
        return Opening.of(User.named(user), TextCodec.PLAIN);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A broker whose line to the others can be cut. */
    private static final class UnreachableBroker implements Broker {

        private final LocalBroker local = new LocalBroker();
        private final Set<GroupName> watched = new HashSet<>();
        private boolean reachable = true;

        private void reach() {
            if (!reachable) {
                throw new StoreException("cannot reach the others", new IOException("connection refused"));
            }
        }

        @Override
        public void start(Receiver receiver) {
            local.start(receiver);
        }

        @Override
        public PublishResult publish(Publication publication) {
            reach();
            return local.publish(publication);
        }

        @Override
        public void watch(GroupName group) {
            reach();
            watched.add(group);
            local.watch(group);
        }

        @Override
        public void unwatch(GroupName group) {
            reach();
            watched.remove(group);
            local.unwatch(group);
        }

        @Override
        public void rule(GroupName group, Rule rule) {
            reach();
            local.rule(group, rule);
        }

        @Override
        public History history() {
            return local.history();
        }

        @Override
        public void close() {
            local.close();
        }
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.FakeNodes;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.PlainWords;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.PeerException;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is done to users on one node holds on the other. */
class TwoNodesTest {

    private static final UserId ANN = new UserId("ann");
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeNodes nodes = new FakeNodes();
    private final FakeNodes.Node firstNode = nodes.node();
    private final TestBox first = box(firstNode, UnaryOperator.identity());
    private final FakeNodes.Node secondNode = nodes.node();
    private final TestBox second = box(secondNode, UnaryOperator.identity());

    private static TestBox box(FakeNodes.Node node, UnaryOperator<ChannelBox.Builder> settings) {
        var box = new TestBox(builder -> settings.apply(builder.broker(node).historyCodec(TextCodec.PLAIN)));
        box.executor.run();
        return box;
    }

    private void settle() {
        first.executor.run();
        second.executor.run();
    }

    @Test
    void aUserIsDisconnectedOnAllNodesAndThoseHereAreCounted() {
        Peer here = first.enter("ann");
        Peer there = second.enter("ann");

        int asked = first.box.disconnectUser(ANN, CloseStatus.REPLACED);
        settle();

        assertEquals(1, asked);
        assertEquals(List.of(4409), here.closeCodes());
        assertEquals(List.of(4409), there.closeCodes());
    }

    @Test
    void oneConnectionIsClosedWhereItIs() {
        Peer there = second.enter("ann");

        firstNode.tell(new Signal.Close(there.channel().id(), 4409, "replaced"));
        settle();

        assertEquals(List.of(4409), there.closeCodes());
    }

    @Test
    void whoIsKickedIsNoMemberAnywhere() {
        Peer there = second.enter("ann", "room");

        first.box.group("room").kick(ANN);
        settle();

        assertFalse(second.box.group("room").contains(there.channel()));
        assertEquals(List.of(), there.closeCodes());
    }

    @Test
    void whoIsBannedIsClosedEverywhereAndComesInNowhereUntilThatEnds() {
        Peer there = second.enter("ann");

        first.box.ban(ANN, HOUR);
        settle();

        assertEquals(List.of(4403), there.closeCodes());
        assertThrows(CloseException.class, () -> second.enter("ann"));
        second.box.unban(ANN);
        settle();
        assertFalse(first.box.isBanned(ANN));
        first.enter("ann");
    }

    @Test
    void whoIsBannedFromAGroupIsKickedThereOnly() {
        Peer there = second.enter("ann", "room");
        second.box.group("other").join(there.channel());

        first.box.group("room").ban(ANN, HOUR);
        settle();

        assertTrue(second.box.group("room").isBanned(ANN));
        assertFalse(second.box.group("room").contains(there.channel()));
        assertTrue(second.box.group("other").contains(there.channel()));
        second.box.group("room").unban(ANN);
        settle();
        assertFalse(first.box.group("room").isBanned(ANN));
    }

    @Test
    void aNodeThatStartsLaterReadsTheBansWithWhatIsLeftOfThem() {
        first.box.ban(ANN, HOUR);
        nodes.pass(Duration.ofMinutes(59));

        TestBox third = box(nodes.node(), UnaryOperator.identity());

        assertTrue(third.box.isBanned(ANN));
        third.time.pass(Duration.ofMinutes(1));
        assertFalse(third.box.isBanned(ANN));
    }

    @Test
    void aNodeThatWasCutOffThrowsOutWhoWasBannedMeanwhile() {
        Peer there = second.enter("ann");
        secondNode.cut(true);
        first.box.ban(ANN, HOUR);
        settle();
        assertFalse(second.box.isBanned(ANN));

        secondNode.cut(false);
        secondNode.receiver().reconnected();
        settle();

        assertTrue(second.box.isBanned(ANN));
        assertEquals(List.of(4403), there.closeCodes());
    }

    @Test
    void aBanThatEndedWhileANodeWasCutOffEndsThere() {
        first.box.ban(ANN, HOUR);
        settle();
        secondNode.cut(true);
        first.box.unban(ANN);

        secondNode.cut(false);
        secondNode.receiver().forgotten();
        settle();

        assertFalse(second.box.isBanned(ANN));
    }

    @Test
    void aNodeThatCannotReadTheBansTriesAgain() {
        first.box.ban(ANN, HOUR);
        FakeNodes.Node node = nodes.node();
        node.cut(true);
        TestBox third = box(node, UnaryOperator.identity());
        assertFalse(third.box.isBanned(ANN));

        node.cut(false);
        third.time.pass(Duration.ofSeconds(3));
        third.executor.run();

        assertTrue(third.box.isBanned(ANN));
    }

    @Test
    void aBanThatWasMissedIsFoundWithinHalfAMinute() {
        secondNode.cut(true);
        first.box.ban(ANN, HOUR);
        secondNode.cut(false);

        second.time.pass(Duration.ofSeconds(30));
        settle();

        assertTrue(second.box.isBanned(ANN));
    }

    @Test
    void whatCannotBeToldHasBeenDoneHere() {
        Peer here = first.enter("ann");
        firstNode.cut(true);

        assertThrows(StoreException.class, () -> first.box.ban(ANN, HOUR));
        settle();
        assertEquals(List.of(4403), here.closeCodes());

        firstNode.cut(false);
        firstNode.receiver().reconnected();
        settle();
        assertTrue(first.box.isBanned(ANN), "it holds here though the others do not know of it");
        assertFalse(second.box.isBanned(ANN));
    }

    @Test
    void whatIsReadWhileABanIsMadeDoesNotUndoIt() {
        var bans = new Bans(first.time);
        Object before = bans.version();
        bans.share(new Signal.Ban(ANN, Optional.empty(), HOUR));

        assertFalse(bans.shareAll(List.of(), before));

        assertTrue(bans.hold(ANN));
        assertTrue(bans.shareAll(List.of(), bans.version()));
        assertFalse(bans.hold(ANN));
    }

    @Test
    void whatWasForgottenElsewhereIsNotToldToWhoComes() {
        second.box.group("room").broadcast("old", PublishOptions.DEFAULT.savingHistory());
        Peer early = second.enter("ann");
        second.box.group("room").joinAsTopic(early.channel(), CatchUp.latest(10), PlainWords.INSTANCE, Envelope.NONE);

        first.box.group("room").clearHistory();
        settle();
        Peer late = second.enter("bob");
        second.box.group("room").joinAsTopic(late.channel(), CatchUp.latest(10), PlainWords.INSTANCE, Envelope.NONE);

        assertTrue(early.texts().contains("old"));
        assertFalse(late.texts().contains("old"));
    }

    @Test
    void aUserHasSoManyConnectionsOnAllNodesTogether() {
        TestBox one = box(nodes.node(), builder -> builder.limits(Limits.NONE.withChannelsPerUser(2)));
        TestBox other = box(nodes.node(), builder -> builder.limits(Limits.NONE.withChannelsPerUser(2)));
        Peer phone = one.enter("ann");
        other.enter("ann");

        CloseException refusal = assertThrows(CloseException.class, () -> one.enter("ann"));
        assertEquals(4429, refusal.status().code());
        assertEquals(1, one.box.userChannels().size());

        phone.channel().ended(CloseStatus.NORMAL);
        other.enter("ann");
        assertEquals(2, nodes.connections(ANN));
    }

    @Test
    void whileConnectionsCannotBeCountedTogetherEachNodeGoesByItsOwnCount() {
        FakeNodes.Node node = nodes.node();
        TestBox one = box(node, builder -> builder.limits(Limits.NONE.withChannelsPerUser(1)));
        node.cut(true);

        Peer phone = one.enter("ann");
        assertThrows(CloseException.class, () -> one.enter("ann"));

        node.cut(false);
        phone.channel().ended(CloseStatus.NORMAL);
        assertEquals(0, nodes.connections(ANN), "what was not counted is not taken off");
    }

    @Test
    void whatAUserSaysOnOneNodeIsTakenOffOnTheOther() {
        Limits limits = Limits.NONE.withMessagesPerUser(Rate.perSecond(10));
        TestBox one = box(nodes.node(), builder -> builder.limits(limits));
        TestBox other = box(nodes.node(), builder -> builder.limits(limits));
        Channel here = one.enter("ann").channel();
        Channel there = other.enter("ann").channel();

        for (int i = 0; i < 10; i++) {
            here.admitMessage();
        }
        one.time.pass(Duration.ofSeconds(1));
        one.executor.run();
        other.executor.run();

        PeerException refusal = assertThrows(PeerException.class, there::admitMessage);
        assertEquals(Optional.of(Duration.ofMillis(100)), refusal.retryAfter());
    }

    @Test
    void ofWhoSpeaksLittleNobodyIsTold() {
        Limits limits = Limits.NONE.withMessagesPerUser(Rate.perSecond(10));
        FakeNodes.Node node = nodes.node();
        TestBox one = box(node, builder -> builder.limits(limits));
        Channel here = one.enter("ann").channel();

        here.admitMessage();
        here.admitMessage();
        one.time.pass(Duration.ofSeconds(1));
        one.executor.run();
        assertEquals(List.of(), node.told());

        for (int i = 0; i < 3; i++) {
            here.admitMessage();
        }
        one.time.pass(Duration.ofSeconds(1));
        one.executor.run();
        assertEquals(List.of(new Signal.Heard(Map.of(ANN, 3))), node.told());
    }

    @Test
    void manyWhoSpeakAreToldOfTogether() {
        FakeNodes.Node node = nodes.node();
        TestBox one = box(node, builder -> builder.limits(Limits.NONE.withMessagesPerUser(Rate.perSecond(1))));
        for (int i = 0; i < 1_200; i++) {
            one.enter("user " + i).channel().admitMessage();
        }

        one.time.pass(Duration.ofSeconds(1));
        one.executor.run();

        List<Integer> users = node.told().stream()
                .map(signal -> ((Signal.Heard) signal).messages().size())
                .toList();
        assertEquals(List.of(500, 500, 200), users);
    }

    @Test
    void aChannelOfAnotherNodeIsNoneHere() {
        Peer there = second.enter("ann");

        assertEquals(
                SendResult.NO_SUCH_CHANNEL, first.box.sendTo(there.channel().id(), "hello"));
    }

    @Test
    void aRefusedConnectionLeavesNothingBehind() {
        TestBox one = box(nodes.node(), builder -> builder.limits(Limits.NONE.withChannelsPerUser(1)));
        one.box.ban(ANN, HOUR);

        assertThrows(
                CloseException.class,
                () -> one.box.open(new RecordingConnection(), Opening.of(User.named("ann"), TextCodec.PLAIN)));

        assertEquals(0, nodes.connections(ANN));
        assertEquals(0, one.box.userChannels().size());
    }
}

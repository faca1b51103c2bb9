package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.HookedStore;
import io.channelbox.fake.ManualTime;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kicking, disconnecting and banning. */
@Timeout(60)
class BanTest {

    private static final UserId ANN = new UserId("ann");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final GroupName ROOM = GroupName.of("room");

    private final TestBox test = new TestBox(builder -> builder.pings(Duration.ZERO, HOUR));
    private final ChannelBox box = test.box;
    private final Group room = box.group(ROOM);

    // Kick

    @Test
    void kickingEndsTheMembershipsOfAUserAndNothingElse() {
        Peer phone = test.enter("ann", "room");
        Peer laptop = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        box.group("other").join(phone.channel());

        assertEquals(2, room.kick(ANN));

        assertEquals(List.of(bob.channel()), room.members());
        assertEquals(Set.of(GroupName.of("other")), phone.channel().groups());
        assertTrue(phone.channel().isOpen());
        assertEquals(
                List.of(
                        new ChatEvent.Kicked(phone.channel().id(), ROOM),
                        new ChatEvent.Kicked(laptop.channel().id(), ROOM)),
                test.events(ChatEvent.Kicked.class));
        assertEquals(2, test.events(ChatEvent.Left.class).size());
    }

    @Test
    void whoWasKickedMayJoinAgain() {
        Peer ann = test.enter("ann", "room");
        room.kick(ANN);

        assertEquals(0, room.kick(ANN));
        assertEquals(JoinStatus.GROUP_CREATED, room.join(ann.channel()));
        room.broadcast("hello");

        assertEquals(List.of("hello"), ann.texts());
    }

    @Test
    void whoIsKickedWhileTheHistoryIsReadHearsNothing() {
        var time = new ManualTime();
        var store = new HookedStore(time);
        var hooked = new TestBox(builder -> builder.history(store));
        Group room = hooked.box.group("room");
        room.broadcast("before", PublishOptions.DEFAULT.savingHistory());
        Peer ann = hooked.enter("ann");
        store.afterRead(() -> {
            room.broadcast("meanwhile");
            assertEquals(1, room.kick(ANN));
        });

        room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), page -> "history");
        room.broadcast("after");

        assertEquals(List.of(), ann.texts());
        assertEquals(Set.of(), ann.channel().groups());
    }

    @Test
    void nobodyIsKickedOutOfTheirOwnInbox() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> box.inbox(ANN).kick(ANN));

        assertTrue(String.valueOf(refused.getMessage()).contains("disconnectUser"));
        assertThrows(IllegalArgumentException.class, () -> box.inbox(ANN).ban(ANN, HOUR));
    }

    // Disconnect

    @Test
    void disconnectingClosesAllChannelsOfAUserOnce() {
        Peer inInbox = test.enter("ann");
        Peer outside = test.enter(Opening.of(User.named("ann"), TextCodec.PLAIN).joiningInboxLater());
        Peer bob = test.enter("bob");

        assertEquals(2, box.disconnectUser(ANN, CloseStatus.REPLACED));
        assertEquals(0, box.disconnectUser(ANN, CloseStatus.REPLACED));
        test.executor.run();

        assertEquals(List.of(4409), inInbox.closeCodes());
        assertEquals(List.of(4409), outside.closeCodes());
        assertEquals(List.of(bob.channel()), box.channels());
        assertTrue(test.enter("ann").channel().isOpen(), "and may come back");
    }

    @Test
    void aCodeThatMayNotBeSentIsRefusedWhetherOrNotThereIsAChannel() {
        assertThrows(IllegalArgumentException.class, () -> box.disconnectUser(ANN, CloseStatus.ABNORMAL));
    }

    @Test
    void nothingIsRememberedOfUsersWhoHaveLeft() {
        for (int i = 0; i < 100; i++) {
            Peer peer = test.enter("user " + i % 10);
            peer.channel().ended(CloseStatus.NORMAL);
        }

        assertEquals(0, box.userChannels().size());
    }

    // Bans from the box

    @Test
    void whoIsBannedIsClosedWith4403AndLetInNoMoreUntilItEnds() {
        Peer ann = test.enter("ann", "room");

        assertEquals(1, box.ban(ANN, HOUR));
        test.executor.run();

        assertEquals(
                List.of(CloseStatus.FORBIDDEN.because("banned")),
                ann.connection().closes());
        assertTrue(box.isBanned(ANN));
        var refused = assertThrows(CloseException.class, () -> test.enter("ann"));
        assertEquals(CloseStatus.FORBIDDEN.because("banned"), refused.status());
        assertEquals(0, box.userChannels().size());
        assertEquals(List.of(), box.channels());
        assertEquals(1, test.events(ChatEvent.ChannelOpened.class).size(), "nobody hears of who was refused");

        test.time.pass(HOUR.minusSeconds(1));
        assertTrue(box.isBanned(ANN));
        test.time.pass(Duration.ofSeconds(1));

        assertFalse(box.isBanned(ANN));
        assertTrue(test.enter("ann").channel().isOpen());
    }

    @Test
    void theHandshakeLearnsOfABan() {
        AuthResult accepted = AuthResult.accept(User.named("ann"));
        assertEquals(accepted, box.admission(accepted));

        box.ban(ANN, HOUR);

        var rejected = assertInstanceOf(AuthResult.Rejected.class, box.admission(accepted));
        assertEquals(AuthResult.Reason.FORBIDDEN, rejected.reason());
        assertEquals("banned", rejected.text());
        assertEquals(AuthResult.accept(User.named("bob")), box.admission(AuthResult.accept(User.named("bob"))));
        assertEquals(AuthResult.notFound("x"), box.admission(AuthResult.notFound("x")));
    }

    @Test
    void untilTheChannelHasEndedItsUserCanDoNothingButLeave() {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        ann.connection().neverClosing();
        Group annsRoom = room.actingAs(ann.channel());

        box.ban(ANN, HOUR);

        assertThrows(NotAllowedException.class, () -> annsRoom.broadcast("last words"));
        assertThrows(NotAllowedException.class, () -> annsRoom.history(HistoryQuery.latest(10)));
        assertThrows(NotAllowedException.class, annsRoom::size);
        assertThrows(NotAllowedException.class, () -> box.group("other").join(ann.channel()));
        assertTrue(annsRoom.leave(ann.channel()) == LeaveStatus.LEFT);
        assertEquals(List.of(), bob.texts());
    }

    @Test
    void anUnbannedUserComesBackAndABanCanBeReplaced() {
        assertFalse(box.unban(ANN));
        box.ban(ANN, Duration.ofSeconds(Long.MAX_VALUE));
        assertTrue(box.unban(ANN));
        assertFalse(box.isBanned(ANN));
        test.enter("ann");

        box.ban(ANN, HOUR);
        box.ban(ANN, Duration.ofSeconds(1));
        test.time.pass(Duration.ofSeconds(1));

        assertFalse(box.isBanned(ANN));
        assertFalse(box.unban(ANN), "it was over");
    }

    @Test
    void aBanForNoTimeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> box.ban(ANN, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> room.ban(ANN, Duration.ofSeconds(-1)));
        assertFalse(box.isBanned(ANN));
    }

    @Test
    void bansThatAreOverAreForgotten() {
        for (int i = 0; i < 1_000; i++) {
            box.ban(new UserId("user " + i), Duration.ofSeconds(1 + i % 2));
            room.ban(new UserId("user " + i), Duration.ofSeconds(1 + i % 2));
        }
        assertEquals(2_000, box.bans().size());

        test.time.pass(Duration.ofSeconds(1));
        assertEquals(1_000, box.bans().size());
        test.time.pass(Duration.ofSeconds(1));

        assertEquals(0, box.bans().size());
    }

    @Test
    void twoBoxesShareNoBans() {
        box.ban(ANN, HOUR);

        assertFalse(new TestBox().box.isBanned(ANN));
    }

    // Bans from a group

    @Test
    void whoIsBannedFromAGroupIsKickedAndStaysOutUntilItEnds() {
        Peer ann = test.enter("ann", "room");
        test.enter("bob", "room");
        Group annsRoom = room.actingAs(ann.channel());

        assertEquals(1, room.ban(ANN, HOUR));

        assertTrue(room.isBanned(ANN));
        assertFalse(box.isBanned(ANN));
        assertFalse(box.group("other").isBanned(ANN));
        assertTrue(ann.channel().isOpen());
        assertEquals(1, room.size());
        assertThrows(NotAllowedException.class, () -> room.join(ann.channel()));
        assertThrows(
                NotAllowedException.class,
                () -> room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), page -> "page"));
        assertThrows(NotAllowedException.class, () -> annsRoom.broadcast("let me in"));
        assertEquals(JoinStatus.GROUP_CREATED, box.group("other").join(ann.channel()));
        assertThrows(
                NotAllowedException.class, () -> room.join(test.enter("ann").channel()), "on any device");

        test.time.pass(HOUR);

        assertEquals(JoinStatus.JOINED, room.join(ann.channel()));
    }

    @Test
    void anUnbannedUserMayJoinAgainUnlessTheBoxHasBannedThem() {
        Peer ann = test.enter("ann");
        ann.connection().neverClosing();
        room.ban(ANN, HOUR);
        box.ban(ANN, HOUR);

        assertTrue(room.unban(ANN));
        assertFalse(room.unban(ANN));
        assertTrue(room.isBanned(ANN), "by the box");
        assertThrows(NotAllowedException.class, () -> room.join(ann.channel()));
        box.unban(ANN);

        assertTrue(room.join(ann.channel()).isMember());
    }
}

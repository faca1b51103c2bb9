package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Credentials that end, and newer ones that come on the open connection. */
class CredentialTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestBox test = new TestBox(builder -> builder.pings(Duration.ZERO, MINUTE)
            .access(request -> request.user().roles().contains("member")));
    private final Instant start = test.time.instant();

    @Test
    void aChannelIsClosedWhenItsCredentialEnds() {
        Peer ann = enter(MINUTE);
        Peer bob = test.enter("bob");

        pass(MINUTE.minusSeconds(1));
        assertTrue(ann.channel().isOpen());
        pass(Duration.ofSeconds(1));

        assertEquals(
                List.of(new CloseStatus(4401, "credential expired")),
                ann.connection().closes());
        assertFalse(CloseStatus.NOT_AUTHENTICATED.invitesBack(), "not with the same credential");
        assertTrue(bob.channel().isOpen());
        assertEquals(Optional.empty(), bob.channel().authenticatedUntil());
    }

    @Test
    void whatIsSentDoesNotKeepAliveWhoseCredentialHasEnded() {
        Peer ann = enter(MINUTE);
        for (int i = 0; i < 60; i++) {
            ann.channel().received();
            ann.channel().touch();
            pass(Duration.ofSeconds(1));
        }

        assertEquals(List.of(4401), ann.closeCodes());
    }

    @Test
    void aNewerCredentialHoldsFromThenOn() {
        Peer ann = enter(MINUTE);
        pass(MINUTE.minusSeconds(1));

        ann.channel().refresh(User.named("ann"), Optional.of(start.plus(MINUTE.multipliedBy(2))));
        assertEquals(
                Optional.of(start.plus(MINUTE.multipliedBy(2))), ann.channel().authenticatedUntil());
        pass(MINUTE);
        assertTrue(ann.channel().isOpen());
        pass(Duration.ofSeconds(1));

        assertFalse(ann.channel().isOpen());
    }

    @Test
    void aNewerCredentialMayEndSoonerOrNever() {
        Peer sooner = enter(MINUTE.multipliedBy(10));
        Peer never = enter(MINUTE);
        sooner.channel().refresh(User.named("ann"), Optional.of(start));
        never.channel().refresh(User.named("ann"), Optional.empty());

        pass(Duration.ofSeconds(1));
        assertFalse(sooner.channel().isOpen());
        pass(MINUTE.multipliedBy(60));

        assertTrue(never.channel().isOpen());
    }

    @Test
    void nameAndRolesAreThoseOfTheNewestCredentialAndMembershipsStay() {
        Peer ann = enter(MINUTE);
        Group room = test.box.group("room");
        assertThrows(NotAllowedException.class, () -> room.join(ann.channel()));

        ann.channel().refresh(new User(new UserId("ann"), "Ann B.", Set.of("member")), Optional.empty());
        assertEquals("Ann B.", ann.channel().user().name());
        room.join(ann.channel());
        ann.channel().refresh(User.named("ann"), Optional.empty());

        assertEquals(Set.of(GroupName.of("room")), ann.channel().groups());
        assertThrows(
                NotAllowedException.class, () -> room.actingAs(ann.channel()).broadcast("hello"));
        assertEquals(1, test.box.disconnectUser(new UserId("ann"), CloseStatus.NORMAL));
    }

    @Test
    void aCredentialOfAnotherUserIsRefusedAndChangesNothing() {
        Peer ann = enter(MINUTE);
        User before = ann.channel().user();

        var refused = assertThrows(
                NotAllowedException.class, () -> ann.channel().refresh(User.named("bob"), Optional.empty()));

        assertEquals("not_allowed", refused.code());
        assertEquals(before, ann.channel().user());
        assertEquals(Optional.of(start.plus(MINUTE)), ann.channel().authenticatedUntil());
    }

    @Test
    void aChannelThatHasEndedMayStillBeRefreshedToNoEffect() {
        Peer ann = enter(MINUTE);
        ann.channel().ended(CloseStatus.NORMAL);

        ann.channel().refresh(User.named("ann"), Optional.empty());

        assertEquals(List.of(), test.box.channels());
    }

    private Peer enter(Duration credential) {
        return test.enter(Opening.of(User.named("ann"), TextCodec.PLAIN).authenticatedUntil(start.plus(credential)));
    }

    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            test.time.pass(Duration.ofSeconds(1));
            test.executor.run();
        }
    }
}

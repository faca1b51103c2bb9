package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules of a group hold for what its users say. */
class RuleTest {

    private final TestBox test = new TestBox();
    private final Peer ann = test.enter("ann", "room");
    private final Peer bob = test.enter("bob", "room");
    private final Group room = test.box.group("room");
    private final Group anns = room.actingAs(ann.channel());

    @Test
    void inAFrozenGroupOnlyTheApplicationSpeaks() {
        room.freeze();

        PeerException refusal = assertThrows(PeerException.class, () -> anns.broadcast("refused"));
        room.broadcast("a notice");
        room.unfreeze();
        anns.broadcast("hello");

        assertEquals(PeerException.FROZEN, refusal.code());
        assertEquals(Optional.empty(), refusal.retryAfter());
        assertEquals(List.of("a notice", "hello"), bob.texts());
    }

    @Test
    void aMutedUserIsToldHowLongAndSpeaksAgainThen() {
        room.mute(new UserId("ann"), Duration.ofSeconds(10));

        PeerException refusal = assertThrows(PeerException.class, () -> anns.broadcast("refused"));
        room.actingAs(bob.channel()).broadcast("by bob");
        test.time.pass(Duration.ofSeconds(10));
        anns.broadcast("hello");

        assertEquals(PeerException.MUTED, refusal.code());
        assertEquals(Optional.of(Duration.ofSeconds(10)), refusal.retryAfter());
        assertEquals(List.of("by bob", "hello"), bob.texts());
    }

    @Test
    void inSlowModeAUserWaits() {
        room.slowMode(Duration.ofSeconds(10));
        anns.broadcast("one");

        PeerException refusal = assertThrows(PeerException.class, () -> anns.broadcast("refused"));
        room.slowMode(Duration.ZERO);
        anns.broadcast("two");

        assertEquals(PeerException.SLOW_MODE, refusal.code());
        assertEquals(Optional.of(Duration.ofSeconds(10)), refusal.retryAfter());
        assertEquals(List.of("one", "two"), bob.texts());
    }

    @Test
    void whoIsRefusedHasNotSpoken() {
        List<GroupName> said = new ArrayList<>();
        test.box.onSaid((group, user) -> said.add(group));
        room.freeze();

        assertThrows(PeerException.class, () -> anns.broadcast("refused"));

        assertEquals(List.of(), said);
    }

    @Test
    void onlyTheApplicationChangesRules() {
        for (Runnable act : List.<Runnable>of(
                anns::freeze,
                anns::unfreeze,
                () -> anns.mute(new UserId("bob"), Duration.ofSeconds(1)),
                () -> anns.unmute(new UserId("bob")),
                () -> anns.slowMode(Duration.ofSeconds(1)))) {
            assertThrows(NotAllowedException.class, act::run);
        }
    }
}

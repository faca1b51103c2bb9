package io.channelbox.testkit;

import static io.channelbox.testkit.BackplaneContract.ROOM;
import static io.channelbox.testkit.BackplaneSteps.atOnce;
import static io.channelbox.testkit.BackplaneSteps.bytes;
import static io.channelbox.testkit.BackplaneSteps.kept;
import static io.channelbox.testkit.BackplaneSteps.keyed;
import static io.channelbox.testkit.BackplaneSteps.newId;
import static io.channelbox.testkit.BackplaneSteps.ruled;
import static io.channelbox.testkit.BackplaneSteps.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishResult.Reason;
import io.channelbox.broker.Rule;
import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import io.channelbox.testkit.BackplaneContract.Heard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Backplane} does not let through: what was said before, and what the rules of a group refuse. */
interface BackplaneRefusalsContract {

    /** See {@link BackplaneContract#newBackplane()}. */
    Backplane newBackplane();

    @Test
    default void aRepetitionIsToldWhatTheFirstOneBecame() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            Heard heard = Heard.of(here, ROOM);
            Outgoing first = keyed("a", "k", "ann");
            Outgoing unkept = new Outgoing(
                    ROOM, newId(), bytes("b"), Optional.empty(), Optional.of("l"), Optional.empty(), false);

            StreamPosition position = kept(here.publish(first));
            here.publish(unkept);

            assertEquals(
                    new Outcome.Repeated(first.message(), Optional.of(position)),
                    there.publish(keyed("again", "k", "ann")));
            assertEquals(new Outcome.Repeated(unkept.message(), Optional.empty()), there.publish(unkept));
            assertInstanceOf(Outcome.Kept.class, there.publish(keyed("c", "k", "bob")));
            assertEquals(List.of("a@" + position, "b"), heard.next(2));
            assertTrue(heard.next().startsWith("c@"));
        }
    }

    @Test
    default void ofRepetitionsThatRaceOneIsKept() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            List<Outcome> outcomes = atOnce(16, i -> (i % 2 == 0 ? here : there).publish(keyed("a" + i, "k", "ann")));

            assertEquals(
                    1, outcomes.stream().filter(Outcome.Kept.class::isInstance).count());
            assertEquals(
                    15,
                    outcomes.stream().filter(Outcome.Repeated.class::isInstance).count());
        }
    }

    @Test
    default void whatTheRulesRefuseIsNeitherKeptNorHeard() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            Heard heard = Heard.of(here, ROOM);

            here.rule(ROOM, new Rule.Freeze(true));
            Outcome frozen = there.publish(ruled("ann"));
            here.rule(ROOM, new Rule.Freeze(false));
            here.rule(ROOM, new Rule.Mute(new UserId("ann"), Duration.ofHours(1)));
            Outcome muted = there.publish(ruled("ann"));
            Outcome ofAnother = there.publish(ruled("bob"));
            Outcome unruled = there.publish(keyed("unruled", "k", "ann"));

            assertEquals(new Outcome.Refused(Reason.FROZEN, Optional.empty()), frozen);
            Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, muted);
            assertEquals(Reason.MUTED, refused.why());
            assertTrue(refused.retryAfter().orElseThrow().compareTo(Duration.ofMinutes(59)) > 0);
            assertEquals(1, kept(ofAnother).offset());
            assertEquals(2, kept(unruled).offset());
            assertTrue(heard.next().startsWith("bob@"));
        }
    }

    @Test
    default void aFrozenGroupIsSoForWhoeverTheRulesHoldForAlsoWithoutASender() {
        try (Backplane here = newBackplane()) {
            here.rule(ROOM, new Rule.Freeze(true));

            Outcome ofNobody = here.publish(new Outgoing(
                    ROOM, newId(), bytes("a"), Optional.empty(), Optional.empty(), Optional.empty(), true));

            assertEquals(new Outcome.Refused(Reason.FROZEN, Optional.empty()), ofNobody);
            assertInstanceOf(Outcome.Told.class, here.publish(told("of the application")));
        }
    }

    @Test
    default void aMuteEnds() {
        try (Backplane here = newBackplane()) {
            here.rule(ROOM, new Rule.Mute(new UserId("ann"), Duration.ofHours(1)));
            here.rule(ROOM, new Rule.Mute(new UserId("ann"), Duration.ZERO));

            assertInstanceOf(Outcome.Kept.class, here.publish(ruled("ann")));
        }
    }

    @Test
    default void slowModeLetsEachSpeakOnceInAWhile() {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.rule(ROOM, new Rule.SlowMode(Duration.ofHours(1)));

            assertInstanceOf(Outcome.Kept.class, here.publish(ruled("ann")));
            assertInstanceOf(Outcome.Kept.class, here.publish(ruled("bob")));
            Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, there.publish(ruled("ann")));
            assertEquals(Reason.SLOW_MODE, refused.why());
            assertTrue(refused.retryAfter().orElseThrow().compareTo(Duration.ofMinutes(59)) > 0);
            here.rule(ROOM, new Rule.SlowMode(Duration.ZERO));
            assertInstanceOf(Outcome.Kept.class, there.publish(ruled("ann")));
        }
    }
}

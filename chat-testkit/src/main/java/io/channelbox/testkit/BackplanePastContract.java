package io.channelbox.testkit;

import static io.channelbox.testkit.BackplaneContract.OTHER;
import static io.channelbox.testkit.BackplaneContract.ROOM;
import static io.channelbox.testkit.BackplaneSteps.kept;
import static io.channelbox.testkit.BackplaneSteps.newId;
import static io.channelbox.testkit.BackplaneSteps.publish;
import static io.channelbox.testkit.BackplaneSteps.text;
import static io.channelbox.testkit.BackplaneSteps.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.Backplane.Page;
import io.channelbox.cluster.Envelopes;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.Message;
import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every {@link Backplane} tells what was kept, and what of it is gone. */
interface BackplanePastContract {

    /** See {@link BackplaneContract#newBackplane()}. */
    Backplane newBackplane();

    @Test
    default void whatIsMissedIsReadInPages() {
        try (Backplane here = newBackplane()) {
            StreamPosition first = publish(here, "a", "b", "c", "d");

            Page two = here.read(ROOM, first, 2);
            Page rest = here.read(ROOM, two.entries().get(1).position(), 2);
            Page nothing = here.read(ROOM, rest.entries().get(0).position(), 2);

            assertEquals(List.of("b", "c"), texts(two));
            assertTrue(two.more());
            assertEquals(new StreamPosition(first.epoch(), 4), two.top().orElseThrow());
            assertEquals(new StreamPosition(first.epoch(), 0), two.start().orElseThrow());
            assertEquals(List.of("d"), texts(rest));
            assertFalse(rest.more());
            assertEquals(List.of(), texts(nothing));
            assertFalse(nothing.gap());
        }
    }

    @Test
    default void whatIsGoneIsAGapAndTheStartTellsWhatIsLeft() {
        try (Backplane here = newBackplane()) {
            StreamPosition first = kept(here.publish(kept("a", Retention.DEFAULT.withCount(2))));
            for (String text : List.of("b", "c", "d")) {
                here.publish(kept(text, Retention.DEFAULT.withCount(2)));
            }

            Page page = here.read(ROOM, first, 10);

            assertTrue(page.gap());
            assertEquals(List.of(), page.entries());
            assertEquals(new StreamPosition(first.epoch(), 2), page.start().orElseThrow());
            assertEquals(List.of("c", "d"), texts(here.read(ROOM, page.start().orElseThrow(), 10)));
        }
    }

    @Test
    default void aPositionOfTheFutureOrOfAnotherEpochIsAGap() {
        try (Backplane here = newBackplane()) {
            StreamPosition first = publish(here, "a");

            assertTrue(here.read(ROOM, new StreamPosition(first.epoch(), 2), 10).gap());
            assertTrue(here.read(ROOM, new StreamPosition("elsewhere", 0), 10).gap());
        }
    }

    @Test
    default void ofAGroupThatNobodySpokeToNothingIsKnown() {
        try (Backplane here = newBackplane()) {
            publish(here, "a");

            Page page = here.read(OTHER, new StreamPosition("once", 3), 10);

            assertEquals(new Page(List.of(), Optional.empty(), false, true, Optional.empty()), page);
            assertEquals(Set.of(ROOM), here.tops(List.of(ROOM, OTHER)).keySet());
        }
    }

    @Test
    default void theTopsAreTheNewestPositions() {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            StreamPosition first = publish(here, "a", "b");
            StreamPosition other = kept(here.publish(kept(OTHER, "c", Retention.DEFAULT)));

            assertEquals(
                    Map.of(ROOM, new StreamPosition(first.epoch(), 2), OTHER, other), there.tops(List.of(ROOM, OTHER)));
        }
    }

    @Test
    default void aNewEpochBeginsOnceForAllWhoAskForIt() {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            StreamPosition first = publish(here, "a");

            here.newEpoch(ROOM, first.epoch());
            StreamPosition begun =
                    Optional.ofNullable(here.tops(List.of(ROOM)).get(ROOM)).orElseThrow();
            there.newEpoch(ROOM, first.epoch());

            assertNotEquals(first.epoch(), begun.epoch());
            assertEquals(begun, there.tops(List.of(ROOM)).get(ROOM));
            assertTrue(there.read(ROOM, first, 10).gap());
            assertEquals(begun.epoch(), kept(there.publish(kept("b"))).epoch());
        }
    }

    @Test
    default void whatNobodyUnderstandsIsPassedOverInTheHistory() {
        try (Backplane here = newBackplane()) {
            var message = new Message(
                    newId(),
                    ROOM,
                    Optional.of(new UserId("ann")),
                    Message.PLAIN,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    new Payload("text", Frame.text("hello")),
                    Optional.empty());
            here.publish(kept("not an envelope"));
            here.publish(new Outgoing(
                    ROOM,
                    message.id(),
                    Envelopes.write(message),
                    Optional.of(new Keep(Retention.DEFAULT, 5)),
                    Optional.empty(),
                    Optional.empty(),
                    false));
            here.publish(kept("nor this"));

            assertEquals(
                    List.of(message),
                    here.history().read(ROOM, HistoryQuery.latest(10)).entries().stream()
                            .map(HistoryEntry::message)
                            .toList());
            assertEquals(
                    3,
                    here.read(ROOM, new StreamPosition(epochOf(here), 0), 10)
                            .entries()
                            .size());
        }
    }

    private static String epochOf(Backplane backplane) {
        return Optional.ofNullable(backplane.tops(List.of(ROOM)).get(ROOM))
                .orElseThrow()
                .epoch();
    }
}

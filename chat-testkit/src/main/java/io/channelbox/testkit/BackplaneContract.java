package io.channelbox.testkit;

import static io.channelbox.testkit.BackplaneSteps.atOnce;
import static io.channelbox.testkit.BackplaneSteps.bytes;
import static io.channelbox.testkit.BackplaneSteps.eventually;
import static io.channelbox.testkit.BackplaneSteps.kept;
import static io.channelbox.testkit.BackplaneSteps.keyed;
import static io.channelbox.testkit.BackplaneSteps.newId;
import static io.channelbox.testkit.BackplaneSteps.publish;
import static io.channelbox.testkit.BackplaneSteps.ruled;
import static io.channelbox.testkit.BackplaneSteps.text;
import static io.channelbox.testkit.BackplaneSteps.texts;
import static io.channelbox.testkit.BackplaneSteps.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishResult.Reason;
import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.Backplane.Page;
import io.channelbox.cluster.Envelopes;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link Backplane} does, seen from two nodes. Implement it in a test class of your backplane. */
public interface BackplaneContract {

    /** The group most tests speak to. */
    GroupName ROOM = GroupName.of("chat", "room");

    /** Another one, whose name has what may mean something to whoever keeps it. */
    GroupName OTHER = GroupName.of("chat", "{oth}er %7B*");

    /** Returns another node's end of what all of this test share, not started. What is shared is empty before the first one. */
    Backplane newBackplane();

    @Test
    default void whatIsKeptArrivesOnAllNodesWithItsPosition() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            Heard heardHere = Heard.of(here, ROOM);
            Heard heardThere = Heard.of(there, ROOM);

            StreamPosition position = kept(here.publish(kept("a")));

            assertEquals("a@" + position, heardHere.next());
            assertEquals("a@" + position, heardThere.next());
        }
    }

    @Test
    default void whatIsNotKeptArrivesWithoutAPositionAndTakesNone() throws Exception {
        try (Backplane here = newBackplane()) {
            Heard heard = Heard.of(here, ROOM);

            Outcome outcome = here.publish(told("typing"));

            assertInstanceOf(Outcome.Told.class, outcome);
            assertEquals("typing", heard.next());
            assertEquals(1, kept(here.publish(kept("a"))).offset());
        }
    }

    @Test
    default void onlySubscribedGroupsAreHeard() throws Exception {
        try (Backplane here = newBackplane()) {
            Heard heard = Heard.of(here, ROOM, OTHER);
            here.unsubscribe(List.of(ROOM));

            here.publish(kept("to the room"));
            here.publish(told(OTHER, "to the other"));

            assertEquals("to the other", heard.next());
        }
    }

    @Test
    default void whoSubscribesTwiceHearsOnce() throws Exception {
        try (Backplane here = newBackplane()) {
            Heard heard = Heard.of(here, ROOM);
            here.subscribe(List.of(ROOM, OTHER));

            here.publish(told("a"));
            here.publish(told("b"));

            assertEquals("a", heard.next());
            assertEquals("b", heard.next());
        }
    }

    @Test
    default void manyGroupsAreSubscribedToAtOnce() throws Exception {
        List<GroupName> groups = IntStream.range(0, 1_500)
                .mapToObj(i -> GroupName.of("many", "" + i))
                .toList();
        try (Backplane here = newBackplane()) {
            Heard heard = Heard.of(here, groups.toArray(GroupName[]::new));

            for (GroupName group : List.of(groups.get(0), groups.get(700), groups.get(1_499))) {
                here.publish(told(group, group.id()));
            }

            assertEquals(Set.of("0", "700", "1499"), Set.copyOf(heard.next(3)));
        }
    }

    @Test
    default void allNodesHearOneOrderWithoutHolesThoughManySpeakAtOnce() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            Heard heardHere = Heard.of(here, ROOM);
            Heard heardThere = Heard.of(there, ROOM);

            List<Outcome> outcomes = atOnce(
                            8,
                            i -> IntStream.range(0, 25)
                                    .mapToObj(n -> (i % 2 == 0 ? here : there).publish(kept(i + "." + n)))
                                    .toList())
                    .stream()
                    .flatMap(List::stream)
                    .toList();

            assertEquals(
                    LongStream.rangeClosed(1, 200).boxed().toList(),
                    outcomes.stream()
                            .map(outcome -> kept(outcome).offset())
                            .sorted()
                            .toList());
            List<String> first = heardHere.next(200);
            assertEquals(first, heardThere.next(200));
            assertEquals(
                    LongStream.rangeClosed(1, 200).boxed().toList(),
                    first.stream()
                            .map(text -> Long.parseLong(text.replaceAll(".*offset=(\\d+).*", "$1")))
                            .toList());
        }
    }

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
    default void signalsReachAllNodesOrThoseThatHearAGroup() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            Heard heardHere = Heard.of(here, ROOM);
            Heard heardThere = Heard.of(there, OTHER);

            here.tell(ROOM, bytes("group"));
            here.tell(bytes("all"));

            assertEquals(Set.of("signal group", "signal all"), Set.copyOf(heardHere.next(2)));
            assertEquals("signal all", heardThere.next());
        }
    }

    @Test
    default void signalsOfAGroupAreInOneOrderWithWhatIsPublished() throws Exception {
        try (Backplane here = newBackplane()) {
            Heard heard = Heard.of(here, ROOM);

            for (int i = 0; i < 50; i++) {
                here.publish(told("" + i));
                here.tell(ROOM, bytes("" + i));
            }

            assertEquals(
                    IntStream.range(0, 50)
                            .boxed()
                            .flatMap(i -> List.of("" + i, "signal " + i).stream())
                            .toList(),
                    heard.next(100));
        }
    }

    @Test
    default void whatWasSubscribedIsHeardOnANewConnection() throws Exception {
        try (Backplane here = newBackplane()) {
            Heard heard = Heard.of(here, ROOM);

            here.resubscribe();
            here.publish(told("a"));

            assertEquals("a", heard.next());
        }
    }

    @Test
    default void aNodeIsNewOnceAndGoneWhenItIsSilent() {
        try (Backplane here = newBackplane()) {
            assertFalse(here.alive("a", Duration.ofHours(1)));
            assertTrue(here.alive("a", Duration.ofHours(1)));
            assertFalse(here.alive("b", Duration.ofMillis(1)));

            assertEquals(List.of("b"), eventually(() -> here.claimGone(Duration.ofHours(1)), List.of("b")));
            assertFalse(here.alive("b", Duration.ofHours(1)));
            assertEquals(List.of(), here.claimGone(Duration.ofHours(1)));
        }
    }

    @Test
    default void aNodeThatIsGoneIsClaimedByOneUntilItIsForgotten() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.alive("a", Duration.ofMillis(1));
            eventually(() -> here.claimGone(Duration.ofMillis(1)), List.of("a"));
            eventually(() -> there.claimGone(Duration.ofMillis(1)), List.of("a")); // who had it did not forget it

            here.forget("a");

            assertEquals(List.of(), there.claimGone(Duration.ofHours(1)));
            here.alive("b", Duration.ofMillis(1));
            List<List<String>> claimed = new ArrayList<>();
            while (claimed.stream().allMatch(List::isEmpty)) {
                claimed = atOnce(8, i -> (i % 2 == 0 ? here : there).claimGone(Duration.ofHours(1)));
            }
            assertEquals(List.of("b"), claimed.stream().flatMap(List::stream).toList());
        }
    }

    @Test
    default void aNodeThatIsForgottenThoughItLivesLearnsItWithItsNextWord() {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.alive("a", Duration.ofHours(1));

            there.forget("a");

            assertFalse(here.alive("a", Duration.ofHours(1)));
            assertTrue(here.alive("a", Duration.ofHours(1)));
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

    @Test
    default void bansAreKeptUntilTheyEnd() {
        var ann = new UserId("ann");
        var bob = new UserId("bob");
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.ban(new Signal.Ban(ann, Optional.of(OTHER), Duration.ofHours(1)));
            here.ban(new Signal.Ban(bob, Optional.empty(), Duration.ofSeconds(Long.MAX_VALUE)));
            here.ban(new Signal.Ban(ann, Optional.empty(), Duration.ofHours(1)));
            here.ban(new Signal.Ban(ann, Optional.empty(), Duration.ZERO));

            List<Signal.Ban> bans = there.bans();

            assertEquals(2, bans.size());
            for (Signal.Ban ban : bans) {
                assertEquals(ban.user().equals(ann) ? Optional.of(OTHER) : Optional.empty(), ban.group());
                assertTrue(ban.time().compareTo(Duration.ofMinutes(59)) > 0);
            }
        }
    }

    @Test
    default void connectionsAreCountedOverAllNodesThoughTheyRace() throws Exception {
        var ann = new UserId("ann");
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.alive("a", Duration.ofHours(1));
            there.alive("b", Duration.ofHours(1));

            List<Boolean> entered = atOnce(16, i -> i % 2 == 0 ? here.enter("a", ann, 5) : there.enter("b", ann, 5));

            assertEquals(5, entered.stream().filter(counted -> counted).count());
            assertTrue(here.enter("a", new UserId("bob"), 1));
            here.entered("a", Map.of());
            here.entered("b", Map.of(ann, 1));
            assertTrue(there.enter("b", ann, 2));
            assertFalse(here.enter("a", ann, 2));
            there.leave("b", ann);
            assertTrue(here.enter("a", ann, 2));
        }
    }

    @Test
    default void connectionsOfNodesThatAreGoneDoNotCount() {
        var ann = new UserId("ann");
        try (Backplane here = newBackplane()) {
            here.alive("a", Duration.ofHours(1));
            here.alive("b", Duration.ofHours(1));
            assertTrue(here.enter("a", ann, 1));
            assertFalse(here.enter("b", ann, 1));

            here.forget("a");

            assertTrue(here.enter("b", ann, 1));
        }
    }

    @Test
    default void aClosedBackplaneIsClosedAgain() {
        Backplane here = newBackplane();
        here.close();
        here.close();
    }

    /** What one node hears, as text. */
    final class Heard implements Backplane.Listener {

        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        /** Starts a backplane and subscribes to groups. */
        public static Heard of(Backplane backplane, GroupName... groups) {
            var heard = new Heard();
            backplane.start(heard);
            backplane.subscribe(List.of(groups));
            return heard;
        }

        /** Returns what is heard next: its text, with its position if it has one. */
        public String next() throws InterruptedException {
            return Optional.ofNullable(all.poll(10, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing more is heard"));
        }

        List<String> next(int count) throws InterruptedException {
            List<String> next = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                next.add(next());
            }
            return next;
        }

        @Override
        public void published(GroupName group, Optional<StreamPosition> position, byte[] envelope) {
            all.add(text(envelope) + position.map(at -> "@" + at).orElse(""));
        }

        @Override
        public void told(GroupName group, byte[] signal) {
            all.add("signal " + text(signal));
        }

        @Override
        public void told(byte[] signal) {
            all.add("signal " + text(signal));
        }

        @Override
        public void disconnected(String why) {}

        @Override
        public void connected() {}
    }
}

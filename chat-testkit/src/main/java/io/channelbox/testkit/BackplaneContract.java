package io.channelbox.testkit;

import static io.channelbox.testkit.BackplaneSteps.atOnce;
import static io.channelbox.testkit.BackplaneSteps.bytes;
import static io.channelbox.testkit.BackplaneSteps.kept;
import static io.channelbox.testkit.BackplaneSteps.text;
import static io.channelbox.testkit.BackplaneSteps.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link Backplane} does, seen from two nodes. Implement it in a test class of your backplane. */
public interface BackplaneContract extends BackplaneRefusalsContract, BackplanePastContract, BackplaneNodesContract {

    /** The group most tests speak to. */
    GroupName ROOM = GroupName.of("chat", "room");

    /** Another one, whose name has what may mean something to whoever keeps it. */
    GroupName OTHER = GroupName.of("chat", "{oth}er %7B*");

    /** Returns another node's end of what all of this test share, not started. What is shared is empty before the first one. */
    @Override
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

package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.GroupStream.Arrival;
import io.channelbox.cluster.GroupStream.Next;
import io.channelbox.cluster.GroupStream.Part;
import io.channelbox.cluster.GroupStream.State;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node makes of what comes of one group, in whatever way it comes. */
class GroupStreamTest {

    private final Kept kept = new Kept();
    private final Told told = new Told();
    private final GroupStream<String> stream = new GroupStream<>(told);

    /** What is kept of the group: the other side. */
    private static final class Kept {

        private String epoch = "a";
        private long offset;
        private int epochs;
        private int messages;
        private final List<Arrival<String>> entries = new ArrayList<>();

        Arrival<String> say() {
            String text = "m" + ++messages;
            var said = new Arrival<>(
                    Optional.of(new StreamPosition(epoch, ++offset)),
                    new MessageId(new UUID(7, messages)),
                    text.length(),
                    text);
            entries.add(said);
            return said;
        }

        void forgetLast(int number) {
            for (int i = 0; i < number && !entries.isEmpty(); i++) {
                entries.remove(entries.size() - 1);
                offset--;
            }
        }

        void trimTo(int number) {
            while (entries.size() > number) {
                entries.remove(0);
            }
        }

        void flush() {
            entries.clear();
            offset = 0;
            epoch = "e" + ++epochs;
        }

        void renew(String present) {
            if (epoch.equals(present)) {
                epoch = "e" + ++epochs;
                entries.replaceAll(entry -> new Arrival<>(
                        Optional.of(new StreamPosition(
                                epoch, entry.position().orElseThrow().offset())),
                        entry.id(),
                        entry.size(),
                        entry.what()));
            }
        }

        Optional<StreamPosition> top() {
            return offset == 0 ? Optional.empty() : Optional.of(new StreamPosition(epoch, offset));
        }

        Part<String> read(StreamPosition after, int limit) {
            Optional<StreamPosition> start = top().map(top -> new StreamPosition(epoch, offset - entries.size()));
            if (top().isEmpty()
                    || !after.epoch().equals(epoch)
                    || after.offset() > offset
                    || after.offset() < start.orElseThrow().offset()) {
                return new Part<>(List.of(), top(), false, true, start);
            }
            List<Arrival<String>> found = entries.stream()
                    .filter(entry -> entry.position().orElseThrow().offset() > after.offset())
                    .toList();
            boolean more = found.size() > limit;
            return new Part<>(more ? found.subList(0, limit) : found, top(), more, false, start);
        }
    }

    /** What was received: texts, and what was lost as {@code lost a:3-b:1}. */
    private static final class Told implements GroupStream.Sink<String> {

        private final List<String> all = new ArrayList<>();
        private int dropped;

        @Override
        public void receive(Arrival<String> arrival) {
            all.add(arrival.what());
        }

        @Override
        public void lost(StreamPosition after, StreamPosition upTo) {
            all.add("lost " + after.epoch() + ':' + after.offset() + '-' + upTo.epoch() + ':' + upTo.offset());
        }

        @Override
        public void dropped(int things) {
            dropped += things;
        }
    }

    private void start() {
        stream.next();
        stream.started(kept.top());
    }

    /** Does what the stream asks for until it asks for nothing. */
    private void readAll() {
        Next next = stream.next();
        for (int steps = 0; !(next instanceof Next.Done); steps++) {
            assertTrue(steps < 1_000, "it asks for ever");
            next = answer(next);
        }
    }

    private Next answer(Next next) {
        if (next instanceof Next.Read read) {
            return stream.read(kept.read(read.after(), 5));
        }
        if (next instanceof Next.Renew renew) {
            kept.renew(renew.epoch());
            return stream.renewed(kept.top());
        }
        return stream.started(kept.top());
    }

    private static Arrival<String> unkept(String text) {
        return new Arrival<>(Optional.empty(), new MessageId(new UUID(8, text.hashCode())), text.length(), text);
    }

    @Test
    void whatComesInOrderIsReceivedAtOnce() {
        start();

        assertFalse(stream.arrived(kept.say()));
        assertFalse(stream.arrived(unkept("typing")));
        assertFalse(stream.arrived(kept.say()));

        assertEquals(List.of("m1", "typing", "m2"), told.all);
    }

    @Test
    void whatWasSaidBeforeIsNotReceived() {
        kept.say();
        Arrival<String> before = kept.say();
        stream.arrived(before);
        start();

        stream.arrived(kept.say());

        assertEquals(List.of("m3"), told.all);
    }

    @Test
    void whatComesBeforeItIsKnownWhereTheStreamStandsIsHeld() {
        kept.say();
        stream.next();
        Optional<StreamPosition> top = kept.top();
        stream.arrived(kept.say());
        assertEquals(List.of(), told.all);

        stream.started(top);

        assertEquals(List.of("m2"), told.all);
    }

    @Test
    void whatDidNotComeIsReadAndComesInItsPlace() {
        start();
        stream.arrived(kept.say());
        kept.say();
        assertTrue(stream.arrived(kept.say()));
        assertFalse(stream.arrived(unkept("typing")));

        readAll();

        assertEquals(List.of("m1", "m2", "m3", "typing"), told.all);
        assertEquals(0, stream.held());
    }

    @Test
    void whatIsMissingIsReadInPages() {
        start();
        stream.arrived(kept.say());
        for (int i = 0; i < 12; i++) {
            kept.say();
        }
        stream.arrived(kept.say());

        readAll();

        assertEquals(14, told.all.size());
        assertEquals("m14", told.all.get(13));
    }

    @Test
    void whatComesAgainIsNotReceivedAgain() {
        start();
        Arrival<String> once = kept.say();
        stream.arrived(once);
        stream.arrived(kept.say());

        assertFalse(stream.arrived(once));

        assertEquals(List.of("m1", "m2"), told.all);
    }

    @Test
    void whatCameInAnotherOrderIsReceivedInThisOne() {
        start();
        stream.arrived(kept.say());
        Arrival<String> second = kept.say();
        stream.arrived(kept.say());
        stream.arrived(second);

        readAll();

        assertEquals(List.of("m1", "m2", "m3"), told.all);
    }

    @Test
    void theLastThatDidNotComeIsFoundByLookingWhereTheStreamStands() {
        start();
        stream.arrived(kept.say());
        kept.say();

        assertTrue(stream.compare(kept.top().orElseThrow()));
        readAll();

        assertEquals(List.of("m1", "m2"), told.all);
    }

    @Test
    void whatIsMissingAndGoneIsToldToBeLostAndTheRestComes() {
        start();
        stream.arrived(kept.say());
        for (int i = 0; i < 4; i++) {
            kept.say();
        }
        kept.trimTo(2);
        stream.arrived(kept.say());

        readAll();

        assertEquals(List.of("m1", "lost a:1-a:3", "m4", "m5", "m6"), told.all);
    }

    @Test
    void aStreamThatBeganAnewIsToldToBeAnother() {
        start();
        stream.arrived(kept.say());
        kept.flush();
        stream.arrived(kept.say());

        readAll();

        assertEquals(List.of("m1", "lost a:1-e1:0", "m2"), told.all);
    }

    @Test
    void aStreamThatWasSetBackIsGivenAnotherEpochAndGoesOnWhereItIsAnother() {
        start();
        for (int i = 0; i < 3; i++) {
            stream.arrived(kept.say());
        }
        kept.forgetLast(2);

        assertTrue(stream.arrived(kept.say()));
        readAll();

        assertEquals(List.of("m1", "m2", "m3", "lost a:3-e1:1", "m4"), told.all);
        assertEquals(kept.top(), Optional.of(stream.at()));
    }

    @Test
    void aStreamThatWasSetBackAndHasCaughtUpIsNoticedWhenItIsReadAgain() {
        start();
        for (int i = 0; i < 3; i++) {
            stream.arrived(kept.say());
        }
        kept.forgetLast(2);
        kept.say();
        kept.say();

        assertTrue(stream.repair());
        readAll();

        assertEquals(List.of("m1", "m2", "m3", "lost a:3-e1:1", "m4", "m5"), told.all);
    }

    @Test
    void whatWasLostWithAFailoverIsNotWaitedFor() {
        start();
        stream.arrived(kept.say());
        kept.say();
        kept.say();
        Arrival<String> lostSince = kept.say();
        assertTrue(stream.arrived(lostSince));
        kept.forgetLast(2);

        readAll();

        assertEquals(State.FOLLOWING, stream.state());
        assertEquals(List.of("m1", "m2"), told.all);
    }

    @Test
    void whenAllIsGoneAndNothingWasSaidItGoesOnWithTheFirst() {
        start();
        stream.arrived(kept.say());
        kept.flush();
        stream.repair();
        readAll();

        stream.arrived(kept.say());
        readAll();

        assertEquals(List.of("m1", "m2"), told.all);
    }

    @Test
    void somebodyElseGaveItAnotherEpoch() {
        start();
        stream.arrived(kept.say());
        stream.arrived(kept.say());
        kept.forgetLast(1);
        kept.renew("a");
        Arrival<String> next = kept.say();

        stream.arrived(next);
        readAll();

        assertEquals(List.of("m1", "m2", "lost a:2-e1:1", "m3"), told.all);
    }

    @Test
    void tooMuchThatIsHeldIsReadInstead() {
        start();
        stream.arrived(kept.say());
        kept.say();
        for (int i = 0; i < 25_000; i++) {
            stream.arrived(kept.say());
        }
        assertTrue(stream.held() <= 10_000, "held " + stream.held());

        readUpTo(10_000);

        assertEquals(25_002, told.all.size());
        assertEquals("m25002", told.all.get(25_001));
    }

    @Test
    void whatIsNotKeptAndCannotBeHeldIsDroppedAndCounted() {
        start();
        stream.arrived(kept.say());
        kept.say();
        stream.arrived(kept.say()); // one is missing
        for (int i = 0; i < 15_000; i++) {
            stream.arrived(unkept("typing" + i));
        }

        readAll();

        assertEquals(15_003, told.all.size() + told.dropped);
        assertTrue(told.dropped > 0 && told.dropped < 15_000, "dropped " + told.dropped);
    }

    private void readUpTo(int most) {
        Next next = stream.next();
        for (int steps = 0; !(next instanceof Next.Done); steps++) {
            assertTrue(steps < most, "it asks for ever");
            next = answer(next);
        }
    }

    @Test
    void nothingIsAskedWhenNothingIsMissing() {
        start();
        stream.arrived(kept.say());

        assertInstanceOf(Next.Done.class, stream.next());
        assertFalse(stream.compare(kept.top().orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensNothingIsReceivedTwiceOrLostInSilence(long first) {
        for (long seed = first * 1_000; seed < first * 1_000 + 400; seed++) {
            try {
                new Chance(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with seed " + seed + ": " + e, e);
            }
        }
    }

    /** A node that hears what chance lets it hear, of a stream that chance treats badly. */
    private static final class Chance {

        private final Random random;
        private final Kept kept = new Kept();
        private final Told told = new Told();
        private final GroupStream<String> stream = new GroupStream<>(told);
        private final List<Arrival<String>> late = new ArrayList<>();
        private final Map<String, String> fate = new HashMap<>();
        private final boolean treatedBadly;
        private Next asked = new Next.Done();

        Chance(long seed) {
            random = new Random(seed);
            treatedBadly = seed % 2 == 0;
        }

        void run() {
            stream.next();
            stream.started(kept.top());
            for (int step = 0; step < 200; step++) {
                step();
            }
            late.forEach(this::hear);
            stream.repair();
            finish();
            check();
        }

        private void step() {
            switch (random.nextInt(treatedBadly ? 14 : 10)) {
                case 0, 1, 2, 3 -> hear(say());
                case 4 -> say();
                case 5 -> late.add(say());
                case 6 -> {
                    if (!late.isEmpty()) {
                        hear(late.remove(random.nextInt(late.size())));
                    }
                }
                case 7, 8, 9 -> readOn();
                case 10 -> kept.trimTo(random.nextInt(10));
                case 11 -> kept.forgetLast(random.nextInt(4));
                case 12 -> {
                    if (random.nextInt(4) == 0) {
                        kept.flush();
                    }
                }
                default -> stream.repair();
            }
        }

        private Arrival<String> say() {
            Arrival<String> said = kept.say();
            fate.put(said.what(), said.position().orElseThrow().toString());
            return said;
        }

        private void hear(Arrival<String> arrival) {
            stream.arrived(arrival);
        }

        private void readOn() {
            asked = stream.next();
            answer();
        }

        private void answer() {
            if (asked instanceof Next.Read read) {
                asked = stream.read(kept.read(read.after(), 1 + random.nextInt(5)));
            } else if (asked instanceof Next.Renew renew) {
                kept.renew(renew.epoch());
                asked = stream.renewed(kept.top());
            }
        }

        private void finish() {
            asked = stream.next();
            for (int steps = 0; !(asked instanceof Next.Done); steps++) {
                assertTrue(steps < 10_000, "it asks for ever");
                answer();
            }
        }

        private void check() {
            List<String> texts =
                    told.all.stream().filter(each -> !each.startsWith("lost")).toList();
            Set<String> once = new HashSet<>(texts);
            assertEquals(once.size(), texts.size(), () -> "something was received twice: " + told.all);
            if (!treatedBadly) {
                assertEquals(fate.size(), texts.size(), () -> "something was not received: " + told.all);
                assertEquals(
                        texts,
                        texts.stream()
                                .sorted((a, b) -> Integer.compare(number(a), number(b)))
                                .toList());
            } else {
                kept.entries.forEach(entry -> assertTrue(
                        once.contains(entry.what()) || told.all.stream().anyMatch(each -> each.startsWith("lost")),
                        () -> entry.what() + " is kept, and neither received nor told to be lost: " + told.all));
            }
        }

        private static int number(String text) {
            return Integer.parseInt(text.substring(1));
        }
    }
}

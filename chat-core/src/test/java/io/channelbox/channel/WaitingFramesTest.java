package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Delivery;
import io.channelbox.channel.WaitingFrames.Taken;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingFramesTest {

    private WaitingFrames waiting =
            new WaitingFrames(new OutboxLimits(20, 6, OverflowPolicy.CLOSE), new Quota(Long.MAX_VALUE), () -> true);

    @Test
    void allClassesLeaveInTheOrderInWhichTheyCame() {
        waiting = new WaitingFrames(OutboxLimits.DEFAULT, new Quota(Long.MAX_VALUE), () -> true);
        say("a");
        state("online", "s");
        say("b");
        ephemeral("e");
        say("c");

        assertEquals(List.of("a", "s", "b", "e", "c"), left());
    }

    @Test
    void aNewerStateWaitsBehindWhatWasSaidBeforeItAndTheOlderOneIsLeftOut() {
        state("ann", "read 1");
        say("two");
        state("ann", "read 2");
        say("three");

        assertEquals(List.of("two", "read 2", "three"), left());
        assertEquals(new Omitted(0, 1, 0), waiting.takeOmitted());
        assertFalse(waiting.hasOmitted());
    }

    @Test
    void statesOfOtherKeysAndOtherGroupsStay() {
        state("ann", "a1");
        state("bob", "b1");
        state(GroupName.of("other"), "ann", "o1");
        waiting.add(Frame.text("own"), Terms.onChannel(Delivery.state("ann"), OverflowPolicy.CLOSE));

        state("ann", "a2");

        assertEquals(List.of("b1", "o1", "own", "a2"), left());
    }

    @Test
    void aStateThatHasLeftIsNotReplaced() {
        state("ann", "1");
        assertEquals("1", leaves());

        state("ann", "2");

        assertEquals("2", leaves());
        assertFalse(waiting.hasOmitted());
    }

    @Test
    void aNewerStateNeedsNoMoreRoomThanTheOlderOneGives() {
        say("12345678901");
        state("ann", "12345678");

        Taken taken = state("ann", "123456789");

        assertEquals(Taken.QUEUED, taken);
        assertEquals(20, waiting.bytes());
        assertEquals(2, waiting.size());
    }

    @Test
    void whatIsEphemeralIsTakenUntilHalfIsFullByBytes() {
        say("12345");

        assertEquals(Taken.QUEUED, ephemeral("12345"));
        assertEquals(Taken.DROPPED, ephemeral("!"));

        assertEquals(new Omitted(0, 0, 1), waiting.takeOmitted());
        assertEquals(List.of("12345", "12345"), left());
    }

    @Test
    void whatIsEphemeralIsTakenUntilHalfIsFullByCount() {
        say("a", "b");

        assertEquals(Taken.QUEUED, ephemeral("c"));
        assertEquals(Taken.DROPPED, ephemeral("d"));
    }

    @Test
    void whatNothingWaitsBeforeIsTakenHoweverLarge() {
        assertEquals(Taken.QUEUED, ephemeral("much longer than half of twenty"));

        assertEquals(1, left().size());
    }

    @Test
    void whatIsEphemeralGoesBeforeAChannelIsClosedForAMessage() {
        say("12345");
        ephemeral("e1");
        ephemeral("e2");
        say("1234567890");

        assertEquals(Taken.QUEUED, waiting.add(Frame.text("12345"), OverflowPolicy.CLOSE));
        assertEquals(Taken.TOO_MUCH, waiting.add(Frame.text("!"), OverflowPolicy.CLOSE));

        assertEquals(new Omitted(0, 0, 2), waiting.takeOmitted());
        assertEquals(List.of("12345", "1234567890", "12345"), left());
    }

    @Test
    void whatIsEphemeralGoesBeforeTheOldestMessageDoes() {
        say("12345");
        ephemeral("e");
        say("1234567890");

        waiting.add(Frame.text("12345"), OverflowPolicy.DROP_OLDEST);
        assertEquals(new Omitted(0, 0, 1), waiting.takeOmitted());
        waiting.add(Frame.text("!"), OverflowPolicy.DROP_OLDEST);

        assertEquals(new Omitted(1, 0, 0), waiting.takeOmitted());
        assertEquals(List.of("1234567890", "12345", "!"), left());
    }

    @Test
    void whatIsEphemeralGoesBeforeTheNewestMessageIsDropped() {
        say("12345");
        ephemeral("e");
        say("1234567890");

        assertEquals(Taken.QUEUED, waiting.add(Frame.text("12345"), OverflowPolicy.DROP_NEWEST));
        assertEquals(Taken.DROPPED, waiting.add(Frame.text("!"), OverflowPolicy.DROP_NEWEST));

        assertEquals(new Omitted(1, 0, 1), waiting.takeOmitted());
    }

    @Test
    void aStateThatDoesNotFitIsAsUnwelcomeAsAMessageAndTheOlderOneStays() {
        say("1234567890");
        state("ann", "12345");

        assertEquals(Taken.TOO_MUCH, state("ann", "12345678901"));

        assertEquals(List.of("1234567890", "12345"), left());
    }

    @Test
    void theOldestOfMessagesAndStatesMakesRoom() {
        state("ann", "12345");
        say("1234567890");
        waiting.add(Frame.text("12345"), OverflowPolicy.CLOSE);

        waiting.add(Frame.text("123"), OverflowPolicy.DROP_OLDEST);

        assertEquals(new Omitted(1, 0, 0), waiting.takeOmitted());
        assertEquals(List.of("1234567890", "12345", "123"), left());
    }

    @Test
    void historyDoesNotCountAgainstWhatComesAfterIt() {
        IntStream.range(0, 100).forEach(i -> waiting.addHistory(Frame.text("history")));

        assertEquals(Taken.QUEUED, ephemeral("12345"));
        assertEquals(Taken.QUEUED, waiting.add(Frame.text("123456789012345"), OverflowPolicy.CLOSE));
        assertEquals(Taken.TOO_MUCH, waiting.add(Frame.text("123456"), OverflowPolicy.CLOSE));

        left();
        say("12345678901234567890");
        assertEquals(Taken.TOO_MUCH, waiting.add(Frame.text("!"), OverflowPolicy.CLOSE));
    }

    @Test
    void aHistoryThatLeftWhileNothingElseWaitedIsNotCountedOffTheNextOne() {
        waiting.addHistory(List.of(Frame.text("a history of thirty characters")), () -> {});
        leaves();
        waiting.addHistory(Frame.text("the next history, of thirty ch"));
        assertEquals(Taken.QUEUED, waiting.add(Frame.text("12345"), OverflowPolicy.CLOSE));

        assertNotNull(waiting.pollHistoryEnd());

        assertEquals(30, waiting.historyBytes());
        assertEquals(Taken.QUEUED, waiting.add(Frame.text("12345"), OverflowPolicy.CLOSE));
    }

    @Test
    void anEmptyOneHasNothing() {
        assertTrue(waiting.isEmpty());
        assertEquals(0, waiting.size());
        assertEquals(0, waiting.bytes());
        assertNull(waiting.poll());
        assertFalse(waiting.hasOmitted());
    }

    @Test
    void aBurstOfAnyClassIsNoticed() {
        waiting = new WaitingFrames(OutboxLimits.DEFAULT, new Quota(Long.MAX_VALUE), () -> true);
        IntStream.range(0, 64).forEach(i -> ephemeral("e"));
        assertFalse(waiting.isLarge());

        ephemeral("e");

        assertTrue(waiting.isLarge());
    }

    private void say(String... texts) {
        List.of(texts).forEach(text -> waiting.add(Frame.text(text), OverflowPolicy.CLOSE));
    }

    private Taken state(String key, String text) {
        return state(GroupName.of("room"), key, text);
    }

    private Taken state(GroupName group, String key, String text) {
        return waiting.add(Frame.text(text), Terms.inGroup(group, Delivery.state(key), OverflowPolicy.CLOSE));
    }

    private Taken ephemeral(String text) {
        return waiting.add(Frame.text(text), Terms.onChannel(Delivery.EPHEMERAL, OverflowPolicy.CLOSE));
    }

    private String leaves() {
        return waiting.poll() instanceof TextFrame text ? text.text() : "nothing";
    }

    private List<String> left() {
        List<String> texts = new ArrayList<>();
        for (Frame next = waiting.poll(); next != null; next = waiting.poll()) {
            texts.add(((TextFrame) next).text());
        }
        return texts;
    }
}

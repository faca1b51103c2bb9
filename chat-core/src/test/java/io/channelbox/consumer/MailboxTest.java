package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.fake.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final Mailbox mailbox = new Mailbox(executor);
    private final List<Integer> done = new ArrayList<>();

    @Test
    void whoBringsWorkToAnIdleMailboxDoesItAtOnce() {
        assertTrue(mailbox.queue(() -> done.add(1)));
        mailbox.workHere();

        assertEquals(List.of(1), done);
        assertEquals(0, executor.waiting());
    }

    @Test
    void whoBringsWorkWhileSomebodyWorksLeavesItToThem() {
        mailbox.add(() -> done.add(1));

        assertFalse(mailbox.queue(() -> done.add(2)));
        executor.run();

        assertEquals(List.of(1, 2), done);
    }

    @Test
    void aThreadThatIsKeptDoesAFewPiecesAndTheExecutorGoesOn() {
        mailbox.queue(() -> addNumbers(10));

        mailbox.workHere();
        assertEquals(List.of(0, 1, 2), done, "besides its own");
        executor.run();

        assertEquals(IntStream.range(0, 10).boxed().toList(), done);
    }

    @Test
    void aThreadThatIsKeptGoesOnWhenTheExecutorTakesNothing() {
        executor.refuse(true);
        mailbox.queue(() -> addNumbers(10));

        mailbox.workHere();

        assertEquals(IntStream.range(0, 10).boxed().toList(), done);
    }

    @Test
    void workThatPausesKeepsNoThread() {
        mailbox.queue(() -> {
            mailbox.pause();
            mailbox.add(() -> done.add(2));
        });

        mailbox.workHere();
        assertFalse(mailbox.queue(() -> done.add(3)), "paused is not idle");
        mailbox.resume(() -> done.add(1));
        executor.run();

        assertEquals(List.of(1, 2, 3), done);
    }

    private void addNumbers(int count) {
        IntStream.range(0, count).forEach(i -> mailbox.add(() -> done.add(i)));
    }
}

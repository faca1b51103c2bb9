package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In these a second passes between what is old and what is not. */
class UpkeepTest {

    private static final UserId JOB = new UserId("job");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private final Chat chat = new Chat();
    private final Upkeep upkeep = chat.conversations.upkeep();

    private static Optional<Duration> halfASecond(Conversation any) {
        return Optional.of(Duration.ofMillis(500));
    }

    @Test
    void whatIsTooOldIsTakenAwayForGoodAndTheRestStays() {
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage old = chat.say(ANN, group, "old");
        chat.aSecondPasses();
        chat.say(ANN, group, "new");

        assertEquals(1, upkeep.expire(UpkeepTest::halfASecond));

        assertEquals(List.of("new"), chat.texts(BOB, group));
        assertTrue(chat.store.read(kept -> kept.message(old.id())).isEmpty());
        assertEquals(0, upkeep.expire(UpkeepTest::halfASecond));
    }

    @Test
    void whatIsTakenAwayIsToldAsItWas() {
        ConversationId group = chat.group(ANN);
        ChatMessage old = chat.say(ANN, group, "old");
        chat.aSecondPasses();

        upkeep.expire(UpkeepTest::halfASecond);

        assertEquals(new ConversationEvent.MessagesRemoved(group, List.of(old)), chat.told.get(chat.told.size() - 1));
    }

    @Test
    void aForwardedMessageNamesNobodyAnyMoreWhenItsOriginalIsTakenAway() {
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage old = chat.say(ANN, group, "old");
        chat.aSecondPasses();
        ChatMessage forwarded = chat.conversations.forward(BOB, old.id(), group, Optional.empty());

        upkeep.expire(UpkeepTest::halfASecond);

        ForwardedFrom from = chat.store
                .read(kept -> kept.message(forwarded.id()))
                .orElseThrow()
                .forwardedFrom()
                .orElseThrow();
        assertEquals("", from.authorName());
    }

    @Test
    void whatIsTakenAwayIsUnreadForNobody() {
        ConversationId group = chat.group(ANN, BOB);
        chat.say(ANN, group, "old");
        chat.aSecondPasses();
        chat.say(ANN, group, "new");

        upkeep.expire(UpkeepTest::halfASecond);

        assertEquals(1, chat.conversations.unread(BOB, group));
        assertEquals(2, chat.conversations.participant(ANN, group).lastReadSequence());
    }

    @Test
    void whatAYoungerOneAnswersStaysDeletedUntilThatIsTooOld() {
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(ANN, group, "first");
        chat.aSecondPasses();
        ChatMessage answer = chat.answer(ANN, first, "answer");

        assertEquals(1, upkeep.expire(UpkeepTest::halfASecond));
        assertTrue(
                chat.store.read(kept -> kept.message(first.id())).orElseThrow().isDeleted());
        assertEquals(0, upkeep.expire(UpkeepTest::halfASecond));

        chat.aSecondPasses();
        upkeep.expire(UpkeepTest::halfASecond);
        upkeep.expire(UpkeepTest::halfASecond);
        assertTrue(chat.store.read(kept -> kept.message(answer.id())).isEmpty());
        assertTrue(chat.store.read(kept -> kept.message(first.id())).isEmpty());
    }

    @Test
    void moreThanAStepTakesIsTakenAwayInOneJob() {
        ConversationId group = chat.group(ANN);
        for (int i = 0; i < 250; i++) {
            chat.say(ANN, group, "old");
        }
        chat.aSecondPasses();

        assertEquals(250, upkeep.expire(UpkeepTest::halfASecond));

        assertEquals(0, chat.conversations.unread(ANN, group));
    }

    @Test
    void whatIsKeptForEverStays() {
        ConversationId kept = chat.group(ANN);
        ConversationId other = chat.group(ANN);
        chat.say(ANN, kept, "old");
        chat.say(ANN, other, "old");
        chat.aSecondPasses();

        upkeep.expire(each -> each.id().equals(kept) ? Optional.empty() : halfASecond(each));

        assertEquals(List.of("old"), chat.texts(ANN, kept));
        assertEquals(List.of(), chat.texts(ANN, other));
    }

    @Test
    void aJobThatIsInterruptedStopsAndTheNextOneGoesOn() {
        ConversationId group = chat.group(ANN);
        chat.say(ANN, group, "old");
        chat.aSecondPasses();

        Thread.currentThread().interrupt();
        long taken = upkeep.expire(UpkeepTest::halfASecond);

        assertTrue(Thread.interrupted());
        assertEquals(0, taken);
        assertEquals(1, upkeep.expire(UpkeepTest::halfASecond));
    }

    @Test
    void anAgeThatIsNoneIsRefused() {
        chat.group(ANN);

        assertThrows(IllegalArgumentException.class, () -> upkeep.expire(any -> Optional.of(Duration.ZERO)));
    }

    @Test
    void aGroupInWhichNothingWasSaidIsArchived() {
        ConversationId silent = chat.group(ANN);
        ConversationId direct = chat.conversations.openDirect(ANN, BOB).id();
        chat.aSecondPasses();
        ConversationId young = chat.group(ANN);

        assertEquals(1, upkeep.archive(UpkeepTest::halfASecond, JOB));

        assertFalse(chat.conversations.conversation(ANN, silent).active());
        assertTrue(chat.conversations.conversation(ANN, direct).active());
        assertTrue(chat.conversations.conversation(ANN, young).active());
        assertEquals(0, upkeep.archive(UpkeepTest::halfASecond, JOB));
    }

    @Test
    void aGroupThatWasTakenUpAgainIsNotArchivedAtOnce() {
        ConversationId group = chat.group(ANN);
        chat.aSecondPasses();
        upkeep.archive(UpkeepTest::halfASecond, JOB);

        chat.conversations.unarchive(ANN, group);

        assertEquals(0, upkeep.archive(UpkeepTest::halfASecond, JOB));
    }

    @Test
    void whoArchivedAGroupIsTold() {
        ConversationId group = chat.group(ANN);
        chat.aSecondPasses();

        upkeep.archive(UpkeepTest::halfASecond, JOB);

        assertEquals(
                new ConversationEvent.Changed(chat.conversations.conversation(ANN, group), JOB),
                chat.told.get(chat.told.size() - 1));
    }

    @Test
    void whatWasSaidOnADayIsCountedHereAndEverywhere() {
        ConversationId group = chat.group(ANN, BOB);
        ConversationId other = chat.group(EVE);
        chat.say(ANN, group, "a");
        chat.say(BOB, group, "b");
        chat.say(EVE, other, "c");

        assertEquals(List.of(new DayActivity(DAY, 2, 2)), chat.conversations.activity(BOB, group, DAY, DAY));
        assertEquals(List.of(new DayActivity(DAY, 3, 3)), upkeep.activity(DAY.minusDays(1), DAY.plusDays(1)));
        assertEquals(List.of(), upkeep.activity(DAY.plusDays(1), DAY.plusDays(1)));
        assertEquals(3, upkeep.activeUsers(DAY, DAY));
        assertEquals(0, upkeep.activeUsers(DAY.minusDays(1), DAY.minusDays(1)));
    }

    @Test
    void daysInTheWrongOrderTooManyOrTooFarAreRefused() {
        assertInvalid("last", () -> upkeep.activity(DAY, DAY.minusDays(1)));
        assertInvalid("last", () -> upkeep.activeUsers(DAY, DAY.plusDays(366)));
        assertInvalid("first", () -> upkeep.activity(LocalDate.MIN, LocalDate.MAX));
    }
}

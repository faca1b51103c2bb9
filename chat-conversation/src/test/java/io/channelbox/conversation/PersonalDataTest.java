package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.DAN;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

    private final Chat chat = new Chat();
    private final PersonalData data = chat.conversations.personalData();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void whatAUserSaidIsHandedOverInPagesAlsoFromWhereTheyAreNoLonger() {
        ConversationId left = chat.group(BOB, ANN);
        ChatMessage first = chat.say(ANN, left, "a");
        chat.say(BOB, left, "not theirs");
        chat.conversations.leave(ANN, left);
        ChatMessage second = chat.say(ANN, chat.group(ANN), "b");

        assertEquals(List.of(first), data.messages(ANN, Optional.empty(), 1));
        assertEquals(List.of(second), data.messages(ANN, Optional.of(first.id()), 1));
    }

    @Test
    void aUsersReactionsAreHandedOver() {
        ChatMessage said = chat.say(ANN, chat.group(ANN), "a");
        chat.conversations.react(ANN, said.id(), "👍");

        assertEquals(List.of(new OwnReaction(said.id(), "👍")), data.reactions(ANN, Optional.empty(), 10));
    }

    @Test
    void whatAUserPinnedInvitedReportedAndWhenTheyWereSeenIsHandedOver() {
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.say(BOB, group, "a");
        chat.conversations.pins().pin(ANN, said.id());
        chat.conversations.invitations().invite(ANN, group, InvitationTerms.UNLIMITED);
        Report report = chat.conversations.report(ANN, said.id(), "spam", "");
        chat.conversations.seen(ANN);

        assertEquals(said, data.pins(ANN, Optional.empty(), 10).get(0).message());
        assertEquals(group, data.invitations(ANN, Optional.empty(), 10).get(0).conversation());
        assertEquals(List.of(report), data.reports(ANN, OptionalLong.empty(), 10));
        assertEquals(Optional.of(chat.now()), data.lastSeen(ANN));
    }

    @Test
    void nothingOfAnErasedUserIsLeft() {
        ConversationId group = chat.group(BOB, ANN);
        ChatMessage said = chat.say(ANN, group, "mine");
        chat.conversations.react(ANN, said.id(), "👍");
        chat.conversations.block(ANN, EVE);
        chat.conversations.block(EVE, ANN);

        data.erase(ANN);

        assertEquals(List.of(), data.messages(ANN, Optional.empty(), 10));
        assertEquals(List.of(), data.reactions(ANN, Optional.empty(), 10));
        assertEquals(List.of(), chat.conversations.list(ANN, Optional.empty(), 10));
        assertEquals(List.of(), chat.conversations.blocked(ANN));
        assertEquals(List.of(), chat.conversations.blocked(EVE));
        ChatMessage left = chat.store.read(kept -> kept.message(said.id())).orElseThrow();
        assertTrue(left.isDeleted());
        assertFalse(left.toString().contains("ann"), left.toString());
        assertFalse(left.toString().contains("mine"), left.toString());
    }

    @Test
    void moreThanAStepTakesIsErasedInOneGo() {
        ConversationId group = chat.group(BOB, ANN);
        List<ChatMessage> targets =
                Stream.of("a", "b", "c").map(text -> chat.say(BOB, group, text)).toList();
        for (int i = 0; i < 150; i++) {
            chat.say(ANN, group, "mine");
            chat.conversations.react(ANN, targets.get(i % 3).id(), "r" + i);
            chat.group(ANN);
        }

        data.erase(ANN);

        assertEquals(List.of("a", "b", "c"), chat.texts(BOB, group));
        assertEquals(List.of(), data.reactions(ANN, Optional.empty(), 10));
        assertEquals(List.of(), chat.conversations.list(ANN, Optional.empty(), 10));
    }

    @Test
    void whatOthersSaidAndTheirAnswersStay() {
        ConversationId group = chat.group(BOB, ANN);
        ChatMessage mine = chat.say(ANN, group, "mine");
        ChatMessage answer = chat.answer(BOB, mine, "answer");

        data.erase(ANN);

        assertEquals(List.of("answer"), chat.texts(BOB, group));
        assertEquals(
                Optional.of(mine.id()),
                chat.store.read(kept -> kept.message(answer.id())).orElseThrow().replyTo());
    }

    @Test
    void theAdminWhoIsThereLongestOwnsTheGroupThen() {
        ConversationId group = chat.group(ANN, BOB, EVE, DAN);
        chat.conversations.appoint(ANN, group, EVE, Role.ADMIN);
        chat.conversations.appoint(ANN, group, DAN, Role.ADMIN);

        data.erase(ANN);

        assertEquals(Role.OWNER, chat.role(EVE, group));
        assertEquals(List.of(BOB, EVE, DAN), chat.users(BOB, group));
    }

    @Test
    void withoutAnAdminItIsTheMember() {
        ConversationId group = chat.group(ANN, BOB, EVE);
        chat.conversations.mute(ANN, group, BOB);

        data.erase(ANN);

        assertEquals(Role.OWNER, chat.role(BOB, group));
        chat.say(BOB, group, "I am heard");
    }

    @Test
    void aGroupOfNobodyIsArchived() {
        ConversationId group = chat.group(ANN);

        data.erase(ANN);

        Conversation left = chat.store.read(kept -> kept.conversation(group)).orElseThrow();
        assertFalse(left.active());
        assertFalse(left.creator().equals(ANN));
    }

    @Test
    void aDirectConversationStaysWithTheOtherAndIsArchived() {
        ConversationId direct = chat.conversations.openDirect(ANN, BOB).id();
        chat.say(ANN, direct, "mine");
        chat.say(BOB, direct, "theirs");

        data.erase(ANN);

        assertEquals(List.of("theirs"), chat.texts(BOB, direct));
        assertRefused(Conversations.ARCHIVED, () -> chat.say(BOB, direct, "are you there?"));
        assertFalse(
                chat.store.read(kept -> kept.direct(new DirectPair(ANN, BOB))).isPresent());
    }

    @Test
    void whatTheySayWhileTheyAreErasedIsRefused() {
        ConversationId group = chat.group(BOB, ANN);
        ChatMessage said = chat.say(BOB, group, "a");
        chat.conversations.react(ANN, said.id(), "👍");
        chat.onTold = event -> {
            if (event instanceof ConversationEvent.Reacted) {
                assertNotAllowed(() -> chat.say(ANN, group, "late"));
                refused.incrementAndGet();
            }
        };

        data.erase(ANN);

        assertEquals(1, refused.get());
        assertEquals(List.of("a"), chat.texts(BOB, group));
    }

    @Test
    void whatIsLeftOfAForwardedMessageNamesNobody() {
        ConversationId group = chat.group(BOB, ANN);
        ChatMessage said = chat.say(BOB, group, "a");
        ChatMessage forwarded = chat.conversations.forward(ANN, said.id(), group, Optional.empty());

        data.erase(ANN);

        assertEquals(
                Optional.empty(),
                chat.store
                        .read(kept -> kept.message(forwarded.id()))
                        .orElseThrow()
                        .forwardedFrom());
    }

    @Test
    void whereTheyWereWhatWasToldIsToBeForgotten() {
        ConversationId group = chat.group(BOB, ANN);

        data.erase(ANN);

        assertEquals(new ConversationEvent.MessagesRemoved(group, List.of()), chat.told.get(chat.told.size() - 1));
    }

    @Test
    void whatWasErasedIsToldAsItWas() {
        ConversationId group = chat.group(BOB, ANN);
        ChatMessage said = chat.say(ANN, group, "mine");

        data.erase(ANN);

        assertTrue(chat.told.contains(new ConversationEvent.MessagesRemoved(group, List.of(said))));
    }

    @Test
    void anErasureThatFailedGoesOnWithWhatIsLeft() {
        var failing = new FailingStore(4);
        var stopped = new Chat(failing);
        ConversationId group = stopped.group(BOB, ANN);
        ChatMessage said = stopped.say(ANN, group, "mine");
        stopped.conversations.react(ANN, said.id(), "👍");
        PersonalData theirs = stopped.conversations.personalData();
        failing.fail();

        int failures = 0;
        boolean done = false;
        while (!done) {
            try {
                theirs.erase(ANN);
                done = true;
            } catch (StoreException e) {
                failures++;
            }
        }

        assertTrue(failures > 1, "failed " + failures + " times");
        assertEquals(List.of(), theirs.messages(ANN, Optional.empty(), 10));
        assertEquals(List.of(BOB), stopped.users(BOB, group));
    }

    @Test
    void whoSaidNothingIsErasedAllTheSame() {
        data.erase(ANN);

        assertEquals(List.of(), chat.told);
    }

    /** Every second change fails, once it is told to. */
    private static final class FailingStore implements ConversationStore {

        private final ConversationStore store = new InMemoryConversationStore();
        private final AtomicInteger changes = new AtomicInteger(Integer.MIN_VALUE);
        private final int most;

        FailingStore(int most) {
            this.most = most;
        }

        void fail() {
            changes.set(0);
        }

        @Override
        public <T> T read(Function<? super ConversationReader, ? extends T> work) {
            return store.read(work);
        }

        @Override
        public <T> T write(Function<? super ConversationWriter, ? extends T> work) {
            int change = changes.incrementAndGet();
            if (change > 0 && change % 2 == 0 && change <= 2 * most) {
                throw new StoreException("cannot", new IllegalStateException());
            }
            return store.write(work);
        }
    }
}

package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.MANY;
import static io.channelbox.testkit.KeptChat.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.DayActivity;
import io.channelbox.conversation.DirectPair;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.Invitation;
import io.channelbox.conversation.InvitationTerms;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.OwnReaction;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.PersonalData;
import io.channelbox.conversation.PinnedMessage;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.Role;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.moderation.Term;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store does for jobs and operators. Messages are said a second after each other, from noon on. */
interface KeptUpkeepContract {

    UserId NOBODY = new UserId("erased-1");
    LocalDate DAY = LocalDate.of(2026, 3, 1);

    ConversationStore newStore();

    @Test
    default void allConversationsComeInPagesByTheirIds() {
        var chat = new KeptChat(newStore());
        ConversationId first = chat.group(ANN);
        ConversationId second = chat.group(BOB);
        ConversationId third = chat.group();

        assertEquals(List.of(first, second), ids(chat, Optional.empty()));
        assertEquals(List.of(third), ids(chat, Optional.of(second)));
        assertEquals(List.of(), ids(chat, Optional.of(third)));
    }

    private static List<ConversationId> ids(KeptChat chat, Optional<ConversationId> after) {
        return chat.store().read(kept -> kept.upkeep().conversations(after, 2)).stream()
                .map(Conversation::id)
                .toList();
    }

    @Test
    default void theOldestMessagesAreThoseOfOneConversationBeforeATime() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(group, ANN, "a");
        ChatMessage second = chat.say(group, ANN, "b");
        ChatMessage third = chat.say(group, ANN, "c");
        chat.say(chat.group(BOB), BOB, "elsewhere");

        assertEquals(List.of(first, second), oldest(chat, group, third.createdAt(), MANY));
        assertEquals(List.of(first), oldest(chat, group, third.createdAt(), 1));
        assertEquals(List.of(), oldest(chat, group, first.createdAt(), MANY));
        assertEquals(List.of(), oldest(chat, group, Instant.MIN, MANY));
    }

    @Test
    default void aDeletedMessageIsAmongTheOldestUntilOnlyItsAnswersKeepIt() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage answered = chat.say(group, ANN, "a");
        ChatMessage lonely = chat.say(group, ANN, "b");
        ChatMessage answer = chat.answer(answered, ANN, "c");
        chat.delete(answered);
        chat.delete(lonely);

        List<ChatMessage> old = oldest(chat, group, answer.createdAt(), MANY);

        assertEquals(List.of(lonely.id()), old.stream().map(ChatMessage::id).toList());
    }

    private static List<ChatMessage> oldest(KeptChat chat, ConversationId id, Instant before, int limit) {
        return chat.store().read(kept -> kept.upkeep().oldest(id, before, limit));
    }

    @Test
    default void whatSomebodySaidComesFromEverywhereInPages() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(group, ANN, "a");
        chat.say(group, BOB, "not theirs");
        ChatMessage second = chat.say(chat.group(BOB), ANN, "b");
        ChatMessage third = chat.say(group, ANN, "c");
        chat.delete(third);

        List<ChatMessage> page = chat.store().read(kept -> kept.upkeep().saidBy(ANN, Optional.empty(), 2));

        assertEquals(List.of(first, second), page);
        assertEquals(
                List.of(third.id()),
                chat.store().read(kept -> kept.upkeep().saidBy(ANN, Optional.of(second.id()), MANY)).stream()
                        .map(ChatMessage::id)
                        .toList());
    }

    @Test
    default void somebodysReactionsComeInPages() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(group, ANN, "a");
        ChatMessage second = chat.say(group, ANN, "b");
        chat.react(second, ANN, "x");
        chat.react(first, ANN, "z");
        chat.react(first, ANN, "y");
        chat.react(first, BOB, "y");

        List<OwnReaction> page = chat.store().read(kept -> kept.upkeep().reactionsBy(ANN, Optional.empty(), 2));

        assertEquals(List.of(new OwnReaction(first.id(), "y"), new OwnReaction(first.id(), "z")), page);
        assertEquals(
                List.of(new OwnReaction(second.id(), "x")),
                chat.store().read(kept -> kept.upkeep().reactionsBy(ANN, Optional.of(page.get(1)), MANY)));
    }

    @Test
    default void whatWasSaidIsCountedByDay() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        chat.say(group, ANN, "a");
        ChatMessage second = chat.say(group, BOB, "b");
        chat.say(group, ANN, "c");
        chat.delete(second);
        chat.say(chat.group(EVE), EVE, "d");
        Instant midnight = NOON.truncatedTo(ChronoUnit.DAYS);
        Instant end = midnight.plus(1, ChronoUnit.DAYS);

        assertEquals(List.of(new DayActivity(DAY, 3, 2)), activity(chat, Optional.of(group), midnight, end));
        assertEquals(List.of(new DayActivity(DAY, 4, 3)), activity(chat, Optional.empty(), midnight, end));
        assertEquals(
                List.of(new DayActivity(DAY, 1, 1)),
                activity(
                        chat,
                        Optional.of(group),
                        second.createdAt(),
                        second.createdAt().plusNanos(1)));
        assertEquals(List.of(), activity(chat, Optional.empty(), end, end.plusSeconds(1)));
        assertEquals(3, authors(chat, midnight, end));
        assertEquals(0, authors(chat, end, end.plusSeconds(1)));
    }

    private static long authors(KeptChat chat, Instant from, Instant until) {
        Long counted = chat.store().read(kept -> kept.upkeep().authorsBetween(from, until));
        return counted;
    }

    private static List<DayActivity> activity(
            KeptChat chat, Optional<ConversationId> conversation, Instant from, Instant until) {
        return chat.store().read(kept -> kept.upkeep().activity(conversation, from, until));
    }

    @Test
    default void aRemovedMessageIsGoneWithItsReactionsAndClientId() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage said = chat.sayAs(group, ANN, "c1");
        chat.react(said, BOB, "x");

        assertTrue(remove(chat, said));

        assertEquals(List.of(), chat.messages(group));
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.message(said.id())));
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.saidAs(group, ANN, "c1")));
        assertEquals(List.of(), chat.store().read(kept -> kept.upkeep().reactionsBy(BOB, Optional.empty(), MANY)));
        assertTrue(remove(chat, said));
    }

    @Test
    default void aMessageThatIsAnsweredOrBeginsAThreadIsNotRemoved() {
        var chat = new KeptChat(newStore());
        ChatMessage first = chat.say(chat.group(ANN), ANN, "a");
        ChatMessage answer = chat.answer(first, BOB, "b");
        ChatMessage last = chat.answer(answer, ANN, "c");

        assertFalse(remove(chat, answer));
        assertFalse(remove(chat, first));
        assertTrue(remove(chat, last));
        assertTrue(remove(chat, answer));
        assertTrue(remove(chat, first));
    }

    private static boolean remove(KeptChat chat, ChatMessage message) {
        return chat.store().write(writer -> writer.upkeep().remove(message));
    }

    @Test
    default void whatAllHaveReadIsUnreadForNobodyAndWhoIsFurtherStays() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage first = chat.say(group, ANN, "a");
        chat.say(group, ANN, "b");
        chat.store().write(writer -> {
            writer.update(KeptChat.reading(writer.participant(group, ANN).orElseThrow(), 2));
            writer.upkeep().remove(first);
            writer.upkeep().readByAll(group, 1);
            return true;
        });

        assertEquals(2, chat.participant(group, ANN).lastReadSequence());
        assertEquals(1, chat.participant(group, BOB).lastReadSequence());
        assertEquals(1, chat.list(BOB).get(0).unread());
    }

    @Test
    default void whoIsMutedForATimeStaysSoWhenAllHaveRead() {
        ConversationStore store = newStore();
        var conversations = Conversations.in(store).build();
        ConversationId group = conversations
                .createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB))
                .id();
        conversations.send(ANN, group, MessageDraft.text("a"));
        Participant muted = Moderation.of(conversations, store).mute(ANN, group, BOB, Term.of(Duration.ofHours(1)), "");

        store.write(writer -> {
            writer.upkeep().readByAll(group, 1);
            return true;
        });

        assertEquals(muted.mutedUntil(), conversations.participant(BOB, group).mutedUntil());
    }

    @Test
    default void aGroupStaysFrozenWhenWhoBeganItIsForgotten() {
        ConversationStore store = newStore();
        var conversations = Conversations.in(store).build();
        ConversationId group = conversations
                .createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB))
                .id();
        Moderation.of(conversations, store).freeze(ANN, group, "");

        conversations.personalData().erase(ANN);

        assertTrue(conversations.conversation(BOB, group).limits().frozen());
    }

    @Test
    default void whoIsForgottenIsNamedNowhere() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(BOB);
        var pair = new DirectPair(ANN, BOB);
        ConversationId direct = chat.store().write(writer -> KeptChat.openDirect(writer, pair));
        chat.store().write(writer -> writer.block(ANN, BOB) && writer.block(EVE, ANN) && writer.block(EVE, BOB));

        chat.store().write(writer -> {
            writer.upkeep().forget(ANN, NOBODY);
            return true;
        });

        assertEquals(NOBODY, chat.conversation(group).creator());
        assertEquals(NOBODY, chat.conversation(direct).creator());
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.direct(pair)));
        assertEquals(List.of(), chat.store().read(kept -> kept.blockedBy(ANN)));
        assertEquals(List.of(BOB), chat.store().read(kept -> kept.blockedBy(EVE)));
    }

    @Test
    default void whatIsRemovedAndForgottenComesBackWhenTheWorkFails() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.sayAs(group, ANN, "c1");
        chat.react(said, BOB, "x");
        chat.store().write(writer -> writer.block(ANN, EVE));
        chat.store().write(writer -> KeptChat.openDirect(writer, new DirectPair(ANN, EVE)));
        List<Object> before = chat.everything();

        assertThrows(
                IllegalStateException.class,
                () -> chat.store().write(writer -> {
                    writer.upkeep().remove(said);
                    writer.upkeep().readByAll(group, 1);
                    writer.upkeep().forget(ANN, NOBODY);
                    throw new IllegalStateException("no");
                }));

        assertEquals(before, chat.everything());
        assertEquals(Optional.of(said), chat.store().read(kept -> kept.saidAs(group, ANN, "c1")));
        assertTrue(
                chat.store().read(kept -> kept.direct(new DirectPair(ANN, EVE))).isPresent());
    }

    @Test
    default void aMessageWithAnotherAuthorIsNoLongerTheFirstOnes() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage said = chat.sayAs(group, ANN, "c1");
        ChatMessageId id = said.id();

        chat.store().write(writer -> {
            writer.update(KeptChat.saidBy(NOBODY, said));
            return true;
        });

        assertEquals(List.of(), chat.store().read(kept -> kept.upkeep().saidBy(ANN, Optional.empty(), MANY)));
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.saidAs(group, ANN, "c1")));
        assertEquals(
                NOBODY,
                chat.store().read(kept -> kept.message(id)).orElseThrow().author());
    }

    @Test
    default void anErasedUserIsNamedNowhere() {
        ConversationStore store = newStore();
        var conversations = Conversations.in(store).build();
        var moderation = Moderation.of(conversations, store);
        var dan = new UserId("dan");
        ConversationId group = conversations
                .createGroup(BOB, GroupDetails.named("Lunch"), List.of(ANN, EVE))
                .id();
        conversations.appoint(BOB, group, ANN, Role.ADMIN);
        ChatMessage mine = conversations.send(ANN, group, MessageDraft.text("my words"));
        ChatMessage theirs = conversations.send(BOB, group, MessageDraft.text("hello @ann"));
        ChatMessage forwarded = conversations.forward(BOB, mine.id(), group, Optional.empty());
        conversations.pins().pin(ANN, theirs.id());
        conversations.invitations().invite(ANN, group, InvitationTerms.UNLIMITED);
        conversations.invitations().allow(ANN, group, dan);
        conversations.report(EVE, mine.id(), "spam", "");
        conversations.report(ANN, theirs.id(), "spam", "I say so");
        moderation.mute(BOB, group, ANN, Term.open(), "as I say");
        moderation.unmute(BOB, group, ANN, "");
        moderation.ban(ANN, group, EVE, Term.open(), "");
        moderation.mute(BOB, group, ANN, Term.open(), "");
        conversations.seen(ANN);

        conversations.personalData().erase(ANN);

        List<Object> left = store.read(kept -> List.of(
                kept.message(mine.id()),
                kept.message(theirs.id()).orElseThrow().mentions(),
                kept.message(forwarded.id()).orElseThrow().forwardedFrom(),
                kept.pins().of(group).stream().map(PinnedMessage::by).toList(),
                kept.invitations().of(group),
                kept.invitations().allowed(group, 0, MANY),
                kept.moderation().openReports(OptionalLong.empty(), MANY),
                kept.moderation().bans(group, OptionalLong.empty(), MANY),
                kept.moderation().mute(group, ANN),
                kept.moderation().audit(group, OptionalLong.empty(), MANY),
                kept.participants(group, 0, MANY),
                kept.lastSeen(List.of(ANN))));
        assertFalse(left.toString().matches("(?s).*([=\\[]ann\\b|my words|I say so|as I say).*"), left::toString);
    }

    @Test
    default void whatSomebodyHasPinnedInvitedAndReportedComesInPages() {
        ConversationStore store = newStore();
        var conversations = Conversations.in(store).build();
        ConversationId group = conversations
                .createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB))
                .id();
        List<ChatMessage> said = Stream.of("a", "b", "c")
                .map(text -> conversations.send(BOB, group, MessageDraft.text(text)))
                .toList();
        for (ChatMessage each : List.of(said.get(2), said.get(0), said.get(1))) {
            conversations.pins().pin(ANN, each.id());
            conversations.report(ANN, each.id(), "spam", "");
            conversations.invitations().invite(ANN, group, InvitationTerms.UNLIMITED);
        }
        PersonalData data = conversations.personalData();

        List<PinnedMessage> pins = data.pins(ANN, Optional.empty(), 2);
        List<Invitation> invitations = data.invitations(ANN, Optional.empty(), 2);
        List<Report> reports = data.reports(ANN, OptionalLong.empty(), 2);

        assertEquals(
                said.subList(0, 2), pins.stream().map(PinnedMessage::message).toList());
        assertEquals(
                said.subList(2, 3),
                data.pins(ANN, Optional.of(pins.get(1).message().id()), 2).stream()
                        .map(PinnedMessage::message)
                        .toList());
        assertEquals(2, invitations.size());
        assertEquals(
                1,
                data.invitations(ANN, Optional.of(invitations.get(1).id()), 2).size());
        assertEquals(
                List.of(said.get(2).id(), said.get(0).id()),
                reports.stream().map(Report::message).toList());
        assertEquals(
                1,
                data.reports(ANN, OptionalLong.of(reports.get(1).number()), 2).size());
        assertEquals(List.of(), data.pins(BOB, Optional.empty(), 2));
        assertEquals(List.of(), data.invitations(BOB, Optional.empty(), 2));
        assertEquals(List.of(), data.reports(BOB, OptionalLong.empty(), 2));
    }

    @Test
    default void aMessageIsRemovedWithWhatBelongsToIt() {
        ConversationStore store = newStore();
        var conversations = Conversations.in(store).build();
        ConversationId group = conversations
                .createGroup(BOB, GroupDetails.named("Lunch"), List.of(ANN))
                .id();
        ChatMessage said = conversations.send(ANN, group, MessageDraft.text("hello @bob"));
        conversations.pins().pin(BOB, said.id());
        conversations.report(BOB, said.id(), "spam", "");

        boolean removed = store.write(writer -> writer.upkeep().remove(said));

        assertTrue(removed);
        assertEquals(List.of(), conversations.pins().list(BOB, group));
        assertEquals(
                List.of(),
                store.read(kept -> kept.moderation().openReports(group, Optional.empty(), OptionalLong.empty(), MANY)));
        assertEquals(
                List.of(),
                conversations
                        .search(BOB, SearchQuery.of("hello"), Optional.empty(), 10)
                        .hits());
    }
}

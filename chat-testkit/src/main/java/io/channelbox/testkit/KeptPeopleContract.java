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

import io.channelbox.conversation.Ban;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.UnreadCount;
import io.channelbox.conversation.Visibility;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How every store keeps what concerns people beyond their places: groups that are open to them, blocks, what others said, and when they were here. */
interface KeptPeopleContract {

    ConversationStore newStore();

    @Test
    default void publicGroupsComeInPagesTheNewestFirstByCategory() {
        var chat = new KeptChat(newStore());
        ConversationId first = chat.publicGroup(Optional.of("Food"));
        ConversationId second = chat.publicGroup(Optional.of("Sports"));
        ConversationId third = chat.publicGroup(Optional.of("Food"));
        ConversationId fourth = chat.publicGroup(Optional.empty());
        chat.group(ANN);

        assertEquals(List.of(fourth, third), publicGroups(chat, Optional.empty(), Optional.empty(), 2));
        assertEquals(List.of(second, first), publicGroups(chat, Optional.empty(), Optional.of(third), 2));
        assertEquals(List.of(third), publicGroups(chat, Optional.of("Food"), Optional.empty(), 1));
        assertEquals(List.of(first), publicGroups(chat, Optional.of("Food"), Optional.of(third), 2));
        assertEquals(List.of(), publicGroups(chat, Optional.of("food"), Optional.empty(), 2));
    }

    @Test
    default void aPublicGroupThatIsArchivedOrMadePrivateIsListedNoMore() {
        var chat = new KeptChat(newStore());
        Conversation archived = chat.conversation(chat.publicGroup(Optional.empty()));
        Conversation closed = chat.conversation(chat.publicGroup(Optional.empty()));

        chat.update(KeptChat.listed(archived, Visibility.PUBLIC, Optional.empty(), false));
        chat.update(KeptChat.listed(closed, Visibility.PRIVATE, Optional.empty(), true));

        assertEquals(List.of(), publicGroups(chat, Optional.empty(), Optional.empty(), 10));
    }

    @Test
    default void aBlockIsKeptOnceAndOneWayUntilItIsEnded() {
        ConversationStore store = newStore();

        assertTrue(store.<Boolean>write(writer -> writer.block(ANN, BOB)));
        assertFalse(store.<Boolean>write(writer -> writer.block(ANN, BOB)));

        assertTrue(store.<Boolean>read(kept -> kept.hasBlocked(ANN, BOB)));
        assertFalse(store.<Boolean>read(kept -> kept.hasBlocked(BOB, ANN)));
        assertTrue(store.<Boolean>write(writer -> writer.unblock(ANN, BOB)));
        assertFalse(store.<Boolean>write(writer -> writer.unblock(ANN, BOB)));
        assertFalse(store.<Boolean>read(kept -> kept.hasBlocked(ANN, BOB)));
    }

    @Test
    default void whomSomebodyHasBlockedComesInTheOrderOfTheirIds() {
        ConversationStore store = newStore();
        List<UserId> ordered = Stream.of("10", "9", "Bob", "Zoe", "a-b", "ab", "bob", "é")
                .map(UserId::new)
                .toList();
        store.write(writer -> {
            writer.block(BOB, ANN);
            ordered.stream().sorted((one, other) -> other.compareTo(one)).forEach(user -> writer.block(ANN, user));
            return true;
        });

        assertEquals(ordered, store.read(kept -> kept.blockedBy(ANN)));
        assertEquals(List.of(), store.read(kept -> kept.blockedBy(EVE)));
    }

    @Test
    default void whoIsBannedFromAPublicGroupDoesNotSeeItInTheListUntilThatEnds() {
        var chat = new KeptChat(newStore());
        ConversationId open = chat.publicGroup(Optional.empty());
        ConversationId forever = chat.publicGroup(Optional.empty());
        ConversationId forTheDay = chat.publicGroup(Optional.empty());
        Instant end = NOON.plusSeconds(60);
        chat.store().write(writer -> {
            writer.moderation().keep(new Ban(1, forever, BOB, ANN, "", NOON, Optional.empty()));
            writer.moderation().keep(new Ban(2, forTheDay, BOB, ANN, "", NOON, Optional.of(end)));
            return true;
        });

        assertEquals(List.of(open), publicGroupsFor(BOB, NOON, chat));
        assertEquals(List.of(open), publicGroupsFor(BOB, end.minusNanos(1), chat));
        assertEquals(List.of(forTheDay, open), publicGroupsFor(BOB, end, chat));
        assertEquals(List.of(forTheDay, forever, open), publicGroupsFor(ANN, NOON, chat));
    }

    private static List<ConversationId> publicGroupsFor(UserId user, Instant now, KeptChat chat) {
        return chat
                .store()
                .read(kept -> kept.publicGroups(user, now, Optional.empty(), Optional.empty(), MANY))
                .stream()
                .map(Conversation::id)
                .toList();
    }

    @Test
    default void whatSomeHaveSaidIsCountedBehindANumberWithItsMentions() {
        ConversationStore store = newStore();
        var conversations = Conversations.in(store).build();
        ConversationId group = conversations
                .createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB, EVE))
                .id();
        conversations.send(ANN, group, MessageDraft.text("before, @eve"));
        conversations.send(ANN, group, MessageDraft.text("hello @eve and @everyone"));
        conversations.send(BOB, group, MessageDraft.text("@bob"));
        conversations.delete(
                ANN, conversations.send(ANN, group, MessageDraft.text("@eve")).id());
        conversations.send(ANN, group, MessageDraft.text("no more"));

        assertEquals(new UnreadCount(2, 1), store.read(kept -> kept.countAfter(group, 1, List.of(ANN), EVE)));
        assertEquals(new UnreadCount(3, 1), store.read(kept -> kept.countAfter(group, 1, List.of(ANN, BOB), EVE)));
        assertEquals(new UnreadCount(3, 1), store.read(kept -> kept.countAfter(group, 1, List.of(ANN, BOB), BOB)));
        assertEquals(new UnreadCount(0, 0), store.read(kept -> kept.countAfter(group, 1, List.of(), EVE)));
        assertEquals(new UnreadCount(0, 0), store.read(kept -> kept.countAfter(group, 1, List.of(EVE), EVE)));
    }

    @Test
    default void whenSomebodyWasLastSeenIsKeptTheLatestTimeOnly() {
        ConversationStore store = newStore();

        seen(store, ANN, NOON);
        seen(store, BOB, NOON);
        seen(store, ANN, NOON.plusNanos(1));
        seen(store, ANN, NOON.minusSeconds(1));

        assertEquals(
                Map.of(ANN, NOON.plusNanos(1), BOB, NOON), store.read(kept -> kept.lastSeen(List.of(ANN, BOB, EVE))));
        assertEquals(Map.of(), store.read(kept -> kept.lastSeen(List.of())));
    }

    @Test
    default void whoWasSeenInWorkThatFailsWasNot() {
        ConversationStore store = newStore();
        seen(store, ANN, NOON);

        assertThrows(
                IllegalStateException.class,
                () -> store.write(writer -> {
                    writer.seen(ANN, NOON.plusSeconds(1));
                    throw new IllegalStateException("no");
                }));

        assertEquals(Map.of(ANN, NOON), store.read(kept -> kept.lastSeen(List.of(ANN))));
    }

    private static void seen(ConversationStore store, UserId user, Instant at) {
        store.write(writer -> {
            writer.seen(user, at);
            return true;
        });
    }

    private static List<ConversationId> publicGroups(
            KeptChat chat, Optional<String> category, Optional<ConversationId> before, int limit) {
        return chat.store().read(kept -> kept.publicGroups(ANN, NOON, category, before, limit)).stream()
                .map(Conversation::id)
                .toList();
    }
}

package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.NOBODY;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublicGroupsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;

    @Test
    void everybodyFindsAPublicGroupAndReadsItAfterJoining() {
        ConversationId group = chat.publicGroup(ANN);
        chat.say(ANN, group, "before");

        assertEquals(group, conversations.conversation(BOB, group).id());
        assertNotAllowed(() -> chat.texts(BOB, group));
        assertNotAllowed(() -> chat.users(BOB, group));
        Participant joined = conversations.join(BOB, group);

        assertEquals(Role.MEMBER, joined.role());
        assertEquals(List.of("before"), chat.texts(BOB, group));
        assertEquals(0, conversations.unread(BOB, group));
    }

    @Test
    void whoIsInAGroupAlreadyStaysAsTheyAreAlsoWhenItIsArchivedOrPrivate() {
        ConversationId open = chat.publicGroup(ANN, BOB);
        ConversationId closed = chat.group(ANN, BOB);
        Participant admin = conversations.appoint(ANN, open, BOB, Role.ADMIN);
        conversations.archive(ANN, open);

        assertEquals(admin, conversations.join(BOB, open));
        assertEquals(conversations.participant(BOB, closed), conversations.join(BOB, closed));
    }

    @Test
    void nobodyJoinsAPrivateGroupADirectConversationOrAnArchivedGroup() {
        ConversationId closed = chat.group(ANN);
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        ConversationId archived = chat.publicGroup(ANN);
        conversations.archive(ANN, archived);

        assertNotAllowed(() -> conversations.join(EVE, closed));
        assertNotAllowed(() -> conversations.join(EVE, direct));
        assertRefused(Conversations.ARCHIVED, () -> conversations.join(EVE, archived));
    }

    @Test
    void whoDoesNotExistDoesNotJoin() {
        ConversationId group = chat.publicGroup(ANN);

        assertNotAllowed(() -> conversations.join(NOBODY, group));
    }

    @Test
    void aGroupThatIsMadePrivateKeepsItsPeopleAndIsFoundNoMore() {
        ConversationId group = chat.publicGroup(ANN, BOB);

        conversations.describe(ANN, group, GroupDetails.named("Lunch"));

        assertNotAllowed(() -> conversations.conversation(EVE, group));
        assertNotAllowed(() -> conversations.join(EVE, group));
        assertEquals(List.of(), listed(Optional.empty()));
        assertEquals(List.of(ANN, BOB), chat.users(BOB, group));
    }

    @Test
    void publicGroupsAreListedByCategoryTheNewestFirst() {
        ConversationId food = listedUnder("Food");
        ConversationId sports = listedUnder("Sports");
        ConversationId dinner = listedUnder("Food");
        chat.group(ANN);

        assertEquals(List.of(dinner, sports, food), listed(Optional.empty()));
        assertEquals(List.of(dinner, food), listed(Optional.of("Food")));
        assertEquals(
                List.of(food),
                conversations.publicGroups(BOB, Optional.of("Food"), Optional.of(dinner), 10).stream()
                        .map(Conversation::id)
                        .toList());
    }

    @Test
    void whoIsBannedDoesNotFindTheGroup() {
        ConversationId group = chat.publicGroup(ANN);
        conversations.moderate(ANN, group, "", change -> change.ban(BOB, Optional.empty()));

        assertEquals(List.of(), listed(Optional.empty()));
        assertEquals(
                1,
                conversations
                        .publicGroups(ANN, Optional.empty(), Optional.empty(), 10)
                        .size());
    }

    @Test
    void aPageOfPublicGroupsHasAtMostTwoHundred() {
        IntStream.range(0, 201).forEach(number -> chat.publicGroup(ANN));

        assertEquals(
                200,
                conversations
                        .publicGroups(BOB, Optional.empty(), Optional.empty(), 1_000)
                        .size());
        assertInvalid("category", () -> conversations.publicGroups(BOB, Optional.of("a\nb"), Optional.empty(), 10));
        assertInvalid("limit", () -> conversations.publicGroups(BOB, Optional.empty(), Optional.empty(), 0));
    }

    private ConversationId listedUnder(String category) {
        return conversations
                .createGroup(ANN, GroupDetails.named(category).open().in(category), List.of())
                .id();
    }

    private List<ConversationId> listed(Optional<String> category) {
        return conversations.publicGroups(BOB, category, Optional.empty(), 10).stream()
                .map(Conversation::id)
                .toList();
    }
}

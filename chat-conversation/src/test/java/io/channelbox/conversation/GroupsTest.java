package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.DAN;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.NOBODY;
import static io.channelbox.conversation.Chat.NOON;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;

    @Test
    void whoBeginsAGroupOwnsItAndTheOthersAreMembersOnceEach() {
        ConversationId group = chat.group(ANN, BOB, EVE, BOB, ANN);

        assertEquals(List.of(ANN, BOB, EVE), chat.users(ANN, group));
        assertEquals(Role.OWNER, chat.role(ANN, group));
        assertEquals(Role.MEMBER, chat.role(BOB, group));
    }

    @Test
    void aGroupIsKeptAsItWasDescribed() {
        GroupDetails details = GroupDetails.named(" Lunch ")
                .describedAs("Daily,\nat noon")
                .withAvatar("https://example.org/lunch.png")
                .in("Food");

        Conversation group = conversations.createGroup(ANN, details, List.of());

        assertEquals(Optional.of("Lunch"), group.name());
        assertEquals(Optional.of("Daily,\nat noon"), group.description());
        assertEquals(Optional.of("https://example.org/lunch.png"), group.avatar());
        assertEquals(Optional.of("Food"), group.category());
        assertEquals(Visibility.PRIVATE, group.visibility());
        assertEquals(group, conversations.conversation(ANN, group.id()));
    }

    @Test
    void whoDoesNotExistOrIsBlockedIsNotPutIntoANewGroup() {
        conversations.block(EVE, ANN);

        assertNotAllowed(() -> chat.group(ANN, BOB, NOBODY));
        assertNotAllowed(() -> chat.group(ANN, BOB, EVE));
        assertEquals(List.of(), conversations.list(BOB, Optional.empty(), 10));
    }

    @Test
    void noMoreThanAThousandArePutIntoANewGroupAtOnce() {
        List<UserId> crowd = IntStream.rangeClosed(0, 1_000)
                .mapToObj(number -> new UserId("user " + number))
                .toList();

        assertInvalid("members", () -> conversations.createGroup(ANN, GroupDetails.named("All"), crowd));
        conversations.createGroup(ANN, GroupDetails.named("All"), crowd.subList(0, 1_000));
    }

    @Test
    void whoIsAddedIsAMemberWithNothingUnread() {
        ConversationId group = chat.group(ANN);
        chat.say(ANN, group, "before");

        Participant added = conversations.add(ANN, group, BOB);
        chat.say(ANN, group, "after");

        assertEquals(Role.MEMBER, added.role());
        assertEquals(1, conversations.unread(BOB, group));
        assertEquals(List.of("before", "after"), chat.texts(BOB, group));
    }

    @Test
    void whoIsAddedAgainStaysAsTheyAre() {
        ConversationId group = chat.group(ANN, BOB);
        Participant admin = conversations.appoint(ANN, group, BOB, Role.ADMIN);

        assertEquals(admin, conversations.add(ANN, group, BOB));
    }

    @Test
    void whoDoesNotExistOrIsBlockedIsNotAdded() {
        ConversationId group = chat.group(ANN);
        conversations.block(BOB, ANN);
        conversations.block(ANN, EVE);

        assertNotAllowed(() -> conversations.add(ANN, group, NOBODY));
        assertNotAllowed(() -> conversations.add(ANN, group, BOB));
        assertNotAllowed(() -> conversations.add(ANN, group, EVE));
    }

    @Test
    void whoWasTakenOutSeesNothingMoreAndWhatTheySaidStays() {
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.say(BOB, group, "a");

        conversations.remove(ANN, group, BOB);

        assertNotAllowed(() -> chat.texts(BOB, group));
        assertNotAllowed(() -> conversations.delete(BOB, said.id()));
        assertEquals(List.of(), conversations.list(BOB, Optional.empty(), 10));
        assertEquals(List.of("a"), chat.texts(ANN, group));
    }

    @Test
    void nobodyIsTakenOutByTheirEqualsNorByThemselves() {
        ConversationId group = chat.group(ANN, BOB, EVE);
        conversations.appoint(ANN, group, BOB, Role.ADMIN);
        conversations.appoint(ANN, group, EVE, Role.ADMIN);

        assertNotAllowed(() -> conversations.remove(BOB, group, EVE));
        assertNotAllowed(() -> conversations.remove(BOB, group, ANN));
        assertNotAllowed(() -> conversations.remove(ANN, group, ANN));
        conversations.remove(ANN, group, EVE);
    }

    @Test
    void whoIsNotInTheGroupAndWhoDoesNotExistAreNotThere() {
        ConversationId group = chat.group(ANN);

        for (UserId absent : List.of(EVE, NOBODY)) {
            assertNotAllowed(() -> conversations.remove(ANN, group, absent));
            assertNotAllowed(() -> conversations.mute(ANN, group, absent));
            assertNotAllowed(() -> conversations.unmute(ANN, group, absent));
            assertNotAllowed(() -> conversations.appoint(ANN, group, absent, Role.ADMIN));
            assertNotAllowed(() -> conversations.handOver(ANN, group, absent));
        }
    }

    @Test
    void theOwnerLeavesOnlyAfterHandingOver() {
        ConversationId group = chat.group(ANN, BOB);

        assertRefused(Conversations.OWNER, () -> conversations.leave(ANN, group));
        assertEquals(Role.OWNER, conversations.handOver(ANN, group, BOB).role());
        assertEquals(Role.ADMIN, chat.role(ANN, group));
        conversations.leave(ANN, group);

        assertEquals(List.of(BOB), chat.users(BOB, group));
    }

    @Test
    void whoTakesAMutedGroupOverHasTheirVoice() {
        ConversationId group = chat.group(ANN, BOB);
        conversations.mute(ANN, group, BOB);

        assertFalse(conversations.handOver(ANN, group, BOB).muted());

        chat.say(BOB, group, "a");
    }

    @Test
    void aGroupThatTheLastOneLeavesIsArchived() {
        ConversationId group = chat.publicGroup(ANN);

        conversations.leave(ANN, group);

        assertFalse(conversations.conversation(BOB, group).active());
        assertEquals(List.of(), conversations.publicGroups(BOB, Optional.empty(), Optional.empty(), 10));
    }

    @Test
    void anOwnerIsMadeByHandingOverOnly() {
        ConversationId group = chat.group(ANN, BOB);

        assertInvalid("role", () -> conversations.appoint(ANN, group, BOB, Role.OWNER));
        assertNotAllowed(() -> conversations.handOver(ANN, group, ANN));
    }

    @Test
    void anAdminIsMadeAMemberAgainByTheOwner() {
        ConversationId group = chat.group(ANN, BOB);

        assertEquals(
                Role.ADMIN, conversations.appoint(ANN, group, BOB, Role.ADMIN).role());
        conversations.describe(BOB, group, GroupDetails.named("Dinner"));
        assertEquals(
                Role.MEMBER, conversations.appoint(ANN, group, BOB, Role.MEMBER).role());

        assertNotAllowed(() -> conversations.describe(BOB, group, GroupDetails.named("Supper")));
    }

    @Test
    void whoIsMutedReadsAndTakesBackButDoesNotSpeakEditOrReact() {
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.say(BOB, group, "a");
        ChatMessage other = chat.say(ANN, group, "b");
        assertTrue(conversations.mute(ANN, group, BOB).muted());

        assertRefused(Conversations.MUTED, () -> chat.say(BOB, group, "c"));
        assertRefused(Conversations.MUTED, () -> conversations.edit(BOB, said.id(), "c"));
        assertRefused(Conversations.MUTED, () -> conversations.react(BOB, other.id(), "👍"));
        assertEquals(2, conversations.read(BOB, group).lastReadSequence());
        conversations.delete(BOB, said.id());
        assertFalse(conversations.unmute(ANN, group, BOB).muted());
        chat.say(BOB, group, "c");

        assertEquals(List.of("b", "c"), chat.texts(BOB, group));
    }

    @Test
    void adminsMuteMembersOnly() {
        ConversationId group = chat.group(ANN, BOB, EVE, DAN);
        conversations.appoint(ANN, group, BOB, Role.ADMIN);
        conversations.appoint(ANN, group, EVE, Role.ADMIN);

        conversations.mute(BOB, group, DAN);

        assertNotAllowed(() -> conversations.mute(BOB, group, EVE));
        assertNotAllowed(() -> conversations.mute(BOB, group, ANN));
        assertNotAllowed(() -> conversations.mute(BOB, group, BOB));
        assertNotAllowed(() -> conversations.unmute(DAN, group, DAN));
    }

    @Test
    void inAnArchivedGroupOneReadsAndNothingIsSaidUntilItIsTakenUpAgain() {
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.say(BOB, group, "a");
        assertFalse(conversations.archive(ANN, group).active());

        assertRefused(Conversations.ARCHIVED, () -> chat.say(ANN, group, "b"));
        assertRefused(Conversations.ARCHIVED, () -> conversations.edit(BOB, said.id(), "b"));
        assertRefused(Conversations.ARCHIVED, () -> conversations.react(BOB, said.id(), "👍"));
        assertRefused(Conversations.ARCHIVED, () -> conversations.add(ANN, group, EVE));
        assertRefused(Conversations.ARCHIVED, () -> conversations.describe(ANN, group, GroupDetails.named("b")));
        assertEquals(List.of("a"), chat.texts(BOB, group));
        assertTrue(conversations.unarchive(ANN, group).active());
        chat.say(ANN, group, "b");
    }

    @Test
    void aChangeOfTheDetailsIsDatedAndWhatIsSaidIsNone() {
        ConversationId group = chat.group(ANN);
        chat.aSecondPasses();
        chat.say(ANN, group, "a");
        assertEquals(NOON, conversations.conversation(ANN, group).updatedAt());

        Conversation dinner = conversations.describe(ANN, group, GroupDetails.named("Dinner"));

        assertEquals(Optional.of("Dinner"), dinner.name());
        assertEquals(chat.now(), dinner.updatedAt());
        assertEquals(1, dinner.lastSequence());
    }

    @Test
    void theSameDetailsAreNoChange() {
        ConversationId group = chat.group(ANN);
        chat.aSecondPasses();

        Conversation same = conversations.describe(ANN, group, GroupDetails.named("Lunch"));

        assertEquals(NOON, same.updatedAt());
    }
}

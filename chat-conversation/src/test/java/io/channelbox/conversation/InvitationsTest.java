package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.NOBODY;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvitationsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final Invitations invitations = conversations.invitations();
    private final ConversationId group = chat.group(ANN, BOB);

    @Test
    void whoHasTheTokenComesIn() {
        chat.say(ANN, group, "a");

        Participant eve =
                invitations.accept(EVE, invite(InvitationTerms.UNLIMITED).token());

        assertEquals(Role.MEMBER, eve.role());
        assertEquals("The eve", eve.name());
        assertEquals(0, conversations.unread(EVE, group));
        assertEquals(new ConversationEvent.ParticipantAdded(eve, EVE), lastTold());
    }

    @Test
    void tokensAreAllDifferentAndNotInWhatIsKeptOrLogged() {
        IssuedInvitation first = invite(InvitationTerms.UNLIMITED);
        IssuedInvitation second = invite(InvitationTerms.UNLIMITED);

        assertNotEquals(first.token(), second.token());
        assertTrue(first.token().length() >= 32);
        assertFalse(first.toString().contains(first.token()));
        assertEquals(List.of(second.invitation(), first.invitation()), invitations.list(ANN, group));
    }

    @Test
    void anInvitationLetsInAsManyAsItIsFor() {
        String token = invite(InvitationTerms.UNLIMITED.uses(2)).token();
        invitations.accept(EVE, token);
        invitations.accept(EVE, token); // who is in already uses nothing up
        invitations.accept(new UserId("fay"), token);

        assertNotAllowed(() -> invitations.accept(new UserId("gus"), token));
        assertEquals(List.of(), invitations.list(ANN, group));
    }

    @Test
    void anInvitationEndsInTime() {
        String token = invite(InvitationTerms.UNLIMITED.until(chat.now().plusSeconds(1)))
                .token();

        chat.aSecondPasses();

        assertNotAllowed(() -> invitations.accept(EVE, token));
        assertEquals(List.of(), invitations.list(ANN, group));
        assertInvalid("ends_at", () -> invite(InvitationTerms.UNLIMITED.until(chat.now())));
        assertInvalid("uses", () -> InvitationTerms.UNLIMITED.uses(0));
    }

    @Test
    void aRevokedInvitationLetsNobodyIn() {
        IssuedInvitation made = invite(InvitationTerms.UNLIMITED);
        InvitationId id = made.invitation().id();

        assertTrue(invitations.revoke(ANN, group, id));
        assertFalse(invitations.revoke(ANN, group, id));

        assertNotAllowed(() -> invitations.accept(EVE, made.token()));
    }

    @Test
    void anInvitationIsRevokedByAdminsOfItsOwnGroupOnly() {
        IssuedInvitation made = invite(InvitationTerms.UNLIMITED);
        ConversationId eves = chat.group(EVE);

        assertFalse(invitations.revoke(EVE, eves, made.invitation().id()));

        invitations.accept(new UserId("fay"), made.token());
    }

    @Test
    void tokensThatAreWrongOrFarTooLongAreRefusedLikeOthersThatDoNotWork() {
        for (String token : List.of("", "guessed", "\0", "x".repeat(100_000))) {
            assertNotAllowed(() -> invitations.accept(EVE, token));
        }
    }

    @Test
    void whoDoesNotExistComesInNowhere() {
        String token = invite(InvitationTerms.UNLIMITED).token();

        assertNotAllowed(() -> invitations.accept(NOBODY, token));
        assertNotAllowed(() -> invitations.allow(ANN, group, NOBODY));
    }

    @Test
    void nobodyComesIntoAnArchivedGroup() {
        String token = invite(InvitationTerms.UNLIMITED).token();
        invitations.allow(ANN, group, EVE);
        conversations.archive(ANN, group);

        assertRefused(Conversations.ARCHIVED, () -> invitations.accept(EVE, token));
        assertRefused(Conversations.ARCHIVED, () -> conversations.join(EVE, group));
        assertRefused(Conversations.ARCHIVED, () -> invite(InvitationTerms.UNLIMITED));
    }

    @Test
    void aHundredInvitationsWorkAtMostAndThoseThatWorkNoMoreMakeRoom() {
        invite(InvitationTerms.UNLIMITED.until(chat.now().plusSeconds(1)));
        for (int i = 1; i < Invitations.MOST; i++) {
            invite(InvitationTerms.UNLIMITED);
        }

        assertRefused(Conversations.FULL, () -> invite(InvitationTerms.UNLIMITED));
        chat.aSecondPasses();
        invite(InvitationTerms.UNLIMITED);
    }

    @Test
    void ofManyWhoAcceptAtOnceAsManyComeInAsItIsFor() {
        String token = invite(InvitationTerms.UNLIMITED.uses(3)).token();

        long in = IntStream.range(0, 20)
                .parallel()
                .filter(i -> comesIn(new UserId("u" + i), token))
                .count();

        assertEquals(3, in);
        assertEquals(5, chat.users(ANN, group).size());
    }

    @Test
    void whomAnAdminAllowsJoinsByThemselvesAndIsOnTheListNoMore() {
        assertNotAllowed(() -> conversations.join(EVE, group));

        assertTrue(invitations.allow(ANN, group, EVE));
        assertFalse(invitations.allow(ANN, group, EVE));

        assertEquals(List.of(group), openTo(EVE));
        assertEquals(group, conversations.conversation(EVE, group).id());
        assertNotAllowed(() -> chat.texts(EVE, group));
        conversations.join(EVE, group);
        assertEquals(List.of(), invitations.allowed(ANN, group, 0, 10));
        assertEquals(List.of(), openTo(EVE));
        conversations.leave(EVE, group);
        assertNotAllowed(() -> conversations.join(EVE, group));
    }

    @Test
    void whoIsAddedIsOnTheListNoMore() {
        invitations.allow(ANN, group, EVE);

        conversations.add(ANN, group, EVE);

        assertEquals(List.of(), invitations.allowed(ANN, group, 0, 10));
        assertFalse(invitations.allow(ANN, group, EVE));
    }

    @Test
    void whoIsAllowedNoMoreJoinsNothing() {
        invitations.allow(ANN, group, EVE);

        assertTrue(invitations.disallow(ANN, group, EVE));
        assertFalse(invitations.disallow(ANN, group, EVE));

        assertNotAllowed(() -> conversations.join(EVE, group));
        assertNotAllowed(() -> conversations.conversation(EVE, group));
    }

    @Test
    void allowingIsTold() {
        int told = chat.told.size();
        invitations.allow(ANN, group, EVE);
        invitations.disallow(ANN, group, EVE);

        Conversation about = conversations.conversation(ANN, group);
        assertEquals(
                List.of(
                        new ConversationEvent.Allowed(about, EVE, ANN, true),
                        new ConversationEvent.Allowed(about, EVE, ANN, false)),
                chat.told.subList(told, chat.told.size()));
    }

    @Test
    void nobodyAllowsWhoHasBlockedThem() {
        conversations.block(EVE, ANN);

        assertNotAllowed(() -> invitations.allow(ANN, group, EVE));
    }

    private IssuedInvitation invite(InvitationTerms terms) {
        return invitations.invite(ANN, group, terms);
    }

    private boolean comesIn(UserId user, String token) {
        try {
            invitations.accept(user, token);
            return true;
        } catch (NotAllowedException usedUp) {
            return false;
        }
    }

    private List<ConversationId> openTo(UserId user) {
        return invitations.openTo(user, Optional.empty(), 10).stream()
                .map(Conversation::id)
                .toList();
    }

    private ConversationEvent lastTold() {
        return chat.told.get(chat.told.size() - 1);
    }
}

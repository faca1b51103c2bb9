package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.AllowedUser;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Invitation;
import io.channelbox.conversation.InvitationTerms;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store does with who is invited. */
interface KeptInvitationsContract {

    ConversationStore newStore();

    @Test
    default void everyPartOfAnInvitationIsKeptAndFoundByTheHashOfItsToken() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        Invitation bare = invite(chat, group, InvitationTerms.UNLIMITED, "h1");
        Invitation full = invite(chat, group, InvitationTerms.UNLIMITED.uses(7).until(NOON.plusNanos(1)), "h2");

        assertEquals(
                Optional.of(bare), chat.store().read(kept -> kept.invitations().find(bare.id())));
        assertEquals(
                Optional.of(full), chat.store().read(kept -> kept.invitations().withHash("h2")));
        assertEquals(
                Optional.empty(), chat.store().read(kept -> kept.invitations().withHash("h3")));
        assertEquals(
                List.of(full, bare),
                chat.store().read(kept -> kept.invitations().of(group)));
    }

    @Test
    default void twoInvitationsHaveNoTokenInCommon() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        invite(chat, group, InvitationTerms.UNLIMITED, "h1");

        assertThrows(StoreException.class, () -> invite(chat, group, InvitationTerms.UNLIMITED, "h1"));
    }

    @Test
    default void nothingIsLeftOfARemovedInvitation() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        Invitation first = invite(chat, group, InvitationTerms.UNLIMITED, "h1");

        assertTrue(chat.store().<Boolean>write(writer -> writer.invitations().remove(first.id())));

        Invitation second = invite(chat, group, InvitationTerms.UNLIMITED, "h1");
        assertEquals(
                Optional.of(second),
                chat.store().read(kept -> kept.invitations().withHash("h1")));
    }

    @Test
    default void aChangedInvitationIsKeptAsItIsThenAndARemovedOneNotAtAll() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        Invitation made = invite(chat, group, InvitationTerms.UNLIMITED.uses(3), "h1");
        var used = new Invitation(made.id(), group, ANN, made.createdAt(), made.terms(), 2);

        chat.store().write(writer -> {
            writer.invitations().update(used);
            return true;
        });
        assertEquals(
                Optional.of(used), chat.store().read(kept -> kept.invitations().withHash("h1")));

        assertTrue(chat.store().<Boolean>write(writer -> writer.invitations().remove(made.id())));
        assertFalse(chat.store().<Boolean>write(writer -> writer.invitations().remove(made.id())));
        assertEquals(
                Optional.empty(), chat.store().read(kept -> kept.invitations().withHash("h1")));
        assertThrows(
                StoreException.class,
                () -> chat.store().write(writer -> {
                    writer.invitations().update(used);
                    return true;
                }));
    }

    @Test
    default void thoseWhoAreAllowedComeInPagesWhoWasAllowedFirstFirst() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        AllowedUser eve = allow(chat, group, EVE).orElseThrow();
        AllowedUser bob = allow(chat, group, BOB).orElseThrow();
        allow(chat, chat.group(ANN), BOB);

        assertEquals(Optional.empty(), allow(chat, group, BOB));
        assertEquals(List.of(eve), chat.store().read(kept -> kept.invitations().allowed(group, 0, 1)));
        assertEquals(List.of(bob), chat.store().read(kept -> kept.invitations().allowed(group, eve.number(), 9)));
        assertTrue(chat.store().<Boolean>read(kept -> kept.invitations().isAllowed(group, BOB)));
        assertFalse(chat.store().<Boolean>read(kept -> kept.invitations().isAllowed(group, ANN)));
    }

    @Test
    default void whoIsAllowedNoMoreIsGone() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        allow(chat, group, BOB);

        assertTrue(chat.store().<Boolean>write(writer -> writer.invitations().disallow(group, BOB)));
        assertFalse(chat.store().<Boolean>write(writer -> writer.invitations().disallow(group, BOB)));

        assertEquals(List.of(), chat.store().read(kept -> kept.invitations().allowed(group, 0, 9)));
    }

    @Test
    default void activeConversationsThatAreOpenToSomebodyComeInPagesTheNewestFirst() {
        var chat = new KeptChat(newStore());
        ConversationId first = chat.group(ANN);
        ConversationId archived = chat.group(ANN);
        ConversationId last = chat.group(ANN);
        List.of(last, first, archived).forEach(id -> allow(chat, id, BOB));
        Conversation group = chat.conversation(archived);
        chat.update(KeptChat.listed(group, group.visibility(), group.category(), false));

        assertEquals(List.of(chat.conversation(last)), openTo(chat, BOB, Optional.empty(), 1));
        assertEquals(List.of(chat.conversation(first)), openTo(chat, BOB, Optional.of(last), 9));
        assertEquals(List.of(), openTo(chat, EVE, Optional.empty(), 9));
    }

    @Test
    default void invitationsOfWorkThatThrowsStayAsTheyWere() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        Invitation made = invite(chat, group, InvitationTerms.UNLIMITED, "h1");
        AllowedUser bob = allow(chat, group, BOB).orElseThrow();

        assertThrows(
                IllegalStateException.class,
                () -> chat.store().write(writer -> {
                    writer.lock(group);
                    writer.invitations().remove(made.id());
                    writer.invitations().disallow(group, BOB);
                    writer.invitations().allow(new AllowedUser(writer.newParticipantNumber(), group, EVE, ANN, NOON));
                    throw new IllegalStateException("of the work");
                }));

        assertEquals(List.of(made), chat.store().read(kept -> kept.invitations().of(group)));
        assertEquals(List.of(bob), chat.store().read(kept -> kept.invitations().allowed(group, 0, 9)));
    }

    private static Invitation invite(KeptChat chat, ConversationId id, InvitationTerms terms, String hash) {
        return chat.store().write(writer -> {
            writer.lock(id);
            var made = new Invitation(writer.invitations().newId(), id, ANN, NOON, terms, 0);
            writer.invitations().add(made, hash);
            return made;
        });
    }

    private static Optional<AllowedUser> allow(KeptChat chat, ConversationId id, UserId user) {
        return chat.store().write(writer -> {
            writer.lock(id);
            var allowed = new AllowedUser(writer.newParticipantNumber(), id, user, ANN, NOON.plusNanos(7));
            return writer.invitations().allow(allowed) ? Optional.of(allowed) : Optional.empty();
        });
    }

    private static List<Conversation> openTo(KeptChat chat, UserId user, Optional<ConversationId> before, int limit) {
        return chat.store().read(kept -> kept.invitations().openTo(user, before, limit));
    }
}

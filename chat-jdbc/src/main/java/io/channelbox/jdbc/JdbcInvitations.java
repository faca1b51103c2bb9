package io.channelbox.jdbc;

import io.channelbox.conversation.AllowedUser;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Invitation;
import io.channelbox.conversation.InvitationId;
import io.channelbox.conversation.InvitationTerms;
import io.channelbox.conversation.InvitationWriter;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Who is invited to conversations. */
record JdbcInvitations(Statements statements, LongSupplier newIds) implements InvitationWriter {

    private static final String SELECT = """
            SELECT id, conversation_id, user_id, created_at, ends_at, uses, used
            FROM chat_conversation_invitation WHERE\s""";

    @Override
    public Optional<Invitation> find(InvitationId id) {
        return first("id = ?", id.value());
    }

    @Override
    public Optional<Invitation> withHash(String tokenHash) {
        return first("token_hash = ?", tokenHash);
    }

    private Optional<Invitation> first(String which, Object argument) {
        return statements.in(open -> Sql.first(open, SELECT + which, JdbcInvitations::invitation, argument));
    }

    @Override
    public List<Invitation> of(ConversationId conversation) {
        return statements.in(open -> Sql.all(
                open, SELECT + "conversation_id = ? ORDER BY id DESC", JdbcInvitations::invitation, conversation));
    }

    static List<Invitation> by(Connection connection, UserId user, Optional<InvitationId> after, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                SELECT + "user_id = ? AND id > ? ORDER BY id LIMIT ?",
                JdbcInvitations::invitation,
                user,
                after.map(InvitationId::value).orElse(0L),
                limit);
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                new InvitationId(row.getLong("id")),
                new ConversationId(row.getLong("conversation_id")),
                Columns.user(row, "user_id"),
                Columns.time(row, "created_at"),
                new InvitationTerms(
                        Columns.maybeTime(row, "ends_at"),
                        Columns.maybeNumber(row, "uses").map(Math::toIntExact)),
                row.getInt("used"));
    }

    @Override
    public boolean isAllowed(ConversationId conversation, UserId user) {
        return statements.in(open -> Sql.first(
                        open,
                        "SELECT 1 FROM chat_conversation_allowed WHERE user_id = ? AND conversation_id = ?",
                        row -> true,
                        user,
                        conversation)
                .isPresent());
    }

    @Override
    public List<AllowedUser> allowed(ConversationId conversation, long afterNumber, int limit) {
        return statements.in(
                open -> Sql.all(open, """
                SELECT id, conversation_id, user_id, allowed_by, allowed_at FROM chat_conversation_allowed
                WHERE conversation_id = ? AND id > ? ORDER BY id LIMIT ?""", JdbcInvitations::allowedUser, conversation, afterNumber, limit));
    }

    private static AllowedUser allowedUser(ResultSet row) throws SQLException {
        return new AllowedUser(
                row.getLong("id"),
                new ConversationId(row.getLong("conversation_id")),
                Columns.user(row, "user_id"),
                Columns.user(row, "allowed_by"),
                Columns.time(row, "allowed_at"));
    }

    @Override
    public List<Conversation> openTo(UserId user, Optional<ConversationId> before, int limit) {
        return statements.in(open -> ConversationRows.openTo(open, user, before, limit));
    }

    @Override
    public InvitationId newId() {
        return new InvitationId(newIds.getAsLong());
    }

    @Override
    public void add(Invitation invitation, String tokenHash) {
        statements.in(open -> Sql.update(
                open,
                """
                INSERT INTO chat_conversation_invitation (
                    id, conversation_id, user_id, created_at, ends_at, uses, used, token_hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                invitation.id().value(),
                invitation.conversation(),
                invitation.by(),
                invitation.createdAt(),
                invitation.terms().endsAt(),
                invitation.terms().uses(),
                invitation.used(),
                tokenHash));
    }

    @Override
    public void update(Invitation invitation) {
        statements.in(open -> {
            int updated = Sql.update(
                    open,
                    """
                    UPDATE chat_conversation_invitation
                    SET user_id = ?, created_at = ?, ends_at = ?, uses = ?, used = ? WHERE id = ?""",
                    invitation.by(),
                    invitation.createdAt(),
                    invitation.terms().endsAt(),
                    invitation.terms().uses(),
                    invitation.used(),
                    invitation.id().value());
            if (updated == 0) {
                throw new SQLException("there is no invitation " + invitation.id());
            }
            return updated;
        });
    }

    @Override
    public boolean remove(InvitationId id) {
        return statements.in(
                open -> Sql.update(open, "DELETE FROM chat_conversation_invitation WHERE id = ?", id.value()) > 0);
    }

    @Override
    public boolean allow(AllowedUser allowed) {
        return statements.in(open -> Sql.update(
                        open, """
                        INSERT INTO chat_conversation_allowed (id, conversation_id, user_id, allowed_by, allowed_at)
                        VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, conversation_id) DO NOTHING""", allowed.number(), allowed.conversation(), allowed.user(), allowed.by(), allowed.at())
                > 0);
    }

    @Override
    public boolean disallow(ConversationId conversation, UserId user) {
        return statements.in(open -> Sql.update(
                        open,
                        "DELETE FROM chat_conversation_allowed WHERE user_id = ? AND conversation_id = ?",
                        user,
                        conversation)
                > 0);
    }
}

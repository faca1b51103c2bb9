package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.DayActivity;
import io.channelbox.conversation.Invitation;
import io.channelbox.conversation.InvitationId;
import io.channelbox.conversation.OwnReaction;
import io.channelbox.conversation.PinnedMessage;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.UpkeepWriter;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What jobs do, as one transaction sees it. */
final class JdbcUpkeep implements UpkeepWriter {

    private final Statements statements;

    JdbcUpkeep(Statements statements) {
        this.statements = statements;
    }

    @Override
    public List<Conversation> conversations(Optional<ConversationId> after, int limit) {
        return statements.in(open -> UpkeepRows.conversations(open, after, limit));
    }

    @Override
    public List<ChatMessage> oldest(ConversationId conversation, Instant before, int limit) {
        return statements.in(open -> UpkeepRows.oldest(open, conversation, before, limit));
    }

    @Override
    public List<ChatMessage> saidBy(UserId author, Optional<ChatMessageId> after, int limit) {
        return statements.in(open -> UpkeepRows.saidBy(open, author, after, limit));
    }

    @Override
    public List<OwnReaction> reactionsBy(UserId user, Optional<OwnReaction> after, int limit) {
        return statements.in(open -> UpkeepRows.reactionsBy(open, user, after, limit));
    }

    @Override
    public List<PinnedMessage> pinnedBy(UserId user, Optional<ChatMessageId> after, int limit) {
        return statements.in(open -> JdbcPins.by(open, user, after, limit));
    }

    @Override
    public List<Invitation> invitedBy(UserId user, Optional<InvitationId> after, int limit) {
        return statements.in(open -> JdbcInvitations.by(open, user, after, limit));
    }

    @Override
    public List<Report> reportedBy(UserId user, OptionalLong after, int limit) {
        return statements.in(open -> ReportRows.by(open, user, after.orElse(0), limit));
    }

    @Override
    public List<DayActivity> activity(Optional<ConversationId> conversation, Instant from, Instant until) {
        return statements.in(open -> UpkeepRows.activity(open, conversation, from, until));
    }

    @Override
    public long authorsBetween(Instant from, Instant until) {
        return statements.in(open -> UpkeepRows.authorsBetween(open, from, until));
    }

    @Override
    public boolean remove(ChatMessage message) {
        return statements.in(open -> RemovedRows.remove(open, message.id()));
    }

    @Override
    public void readByAll(ConversationId conversation, long upTo) {
        statements.run(open -> RemovedRows.readByAll(open, conversation, upTo));
    }

    @Override
    public void forgetAuthorOf(ChatMessageId original) {
        statements.run(open -> RemovedRows.forgetAuthorOf(open, original));
    }

    @Override
    public void forget(UserId user, UserId nobody) {
        statements.run(open -> RemovedRows.forget(open, user, nobody));
    }
}

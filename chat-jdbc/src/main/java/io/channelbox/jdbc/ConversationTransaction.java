package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.DirectPair;
import io.channelbox.conversation.InvitationWriter;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.ModerationWriter;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.PinWriter;
import io.channelbox.conversation.Reactions;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.conversation.SettingsWriter;
import io.channelbox.conversation.UnreadCount;
import io.channelbox.conversation.UpkeepWriter;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One transaction, as the work that is done in it sees it. Used by one thread. */
final class ConversationTransaction implements ConversationWriter {

    private final Connection connection;
    private final Database database;
    private final String doing;
    private @Nullable SQLException failure;
    private boolean ended;

    ConversationTransaction(Connection connection, Database database, String doing) {
        this.connection = connection;
        this.database = database;
        this.doing = doing;
    }

    /** Does the work. What the database has refused is thrown as it was, so that the whole transaction can be done again. */
    <T> T apply(Function<? super ConversationWriter, ? extends T> work) throws SQLException {
        try {
            T answer = work.apply(this);
            requireSound();
            return answer;
        } catch (StoreException e) {
            requireSound();
            throw e;
        } finally {
            ended = true;
        }
    }

    private void requireSound() throws SQLException {
        if (failure != null) {
            throw failure;
        }
    }

    <T> T in(Work<T> statement) {
        if (ended) {
            throw new IllegalStateException("The work has returned. Use what it was given before it does.");
        }
        try {
            return statement.in(connection);
        } catch (SQLException e) {
            failure = failure == null ? e : failure; // those behind the first are its consequences
            throw database.failure(doing, e);
        }
    }

    void run(Step step) {
        in(open -> {
            step.in(open);
            return true;
        });
    }

    @Override
    public Optional<Conversation> conversation(ConversationId id) {
        return in(open -> ConversationRows.find(open, id));
    }

    @Override
    public Optional<Conversation> direct(DirectPair pair) {
        return in(open -> ConversationRows.direct(open, pair));
    }

    @Override
    public Optional<Participant> participant(ConversationId conversation, UserId user) {
        return in(open -> ParticipantRows.find(open, conversation, user));
    }

    @Override
    public List<Participant> participants(ConversationId conversation, long afterNumber, int limit) {
        return in(open -> ParticipantRows.page(open, conversation, afterNumber, limit));
    }

    @Override
    public List<Participant> participantsNamed(ConversationId conversation, String name, int limit) {
        return in(open -> ParticipantRows.named(open, conversation, name, limit));
    }

    @Override
    public int participantCount(ConversationId conversation) {
        return in(open -> ConversationRows.participantCount(open, conversation));
    }

    @Override
    public List<ConversationSummary> conversationsOf(UserId user, Optional<ListPosition> after, int limit) {
        return in(open -> SummaryRows.page(open, user, Listed.ALL, Instant.EPOCH, after, limit));
    }

    @Override
    public List<Conversation> publicGroups(
            UserId seenBy, Instant now, Optional<String> category, Optional<ConversationId> before, int limit) {
        return in(open -> ConversationRows.publicGroups(open, seenBy, now, category, before, limit));
    }

    @Override
    public long countAfter(ConversationId conversation, long sequence) {
        return in(open -> SummaryRows.countBehind(open, conversation, sequence));
    }

    @Override
    public UnreadCount countAfter(
            ConversationId conversation, long sequence, Collection<UserId> authors, UserId reader) {
        return in(open -> MentionRows.countBehind(open, conversation, sequence, authors, reader));
    }

    @Override
    public Map<UserId, Instant> lastSeen(Collection<UserId> users) {
        return in(open -> SeenRows.of(open, users));
    }

    @Override
    public Optional<ChatMessage> message(ChatMessageId id) {
        return in(open -> ChatMessageRows.find(open, id));
    }

    @Override
    public Optional<ChatMessage> saidAs(ConversationId conversation, UserId author, String clientId) {
        return in(open -> ChatMessageRows.saidAs(open, conversation, author, clientId));
    }

    @Override
    public List<ChatMessage> messages(ConversationId conversation, Optional<ChatMessageId> before, int limit) {
        return in(open -> ChatMessageRows.page(open, conversation, before, limit));
    }

    @Override
    public List<ChatMessage> thread(ChatMessageId first, ChatMessageId after, int limit) {
        return in(open -> ChatMessageRows.thread(open, first, after, limit));
    }

    @Override
    public Map<ChatMessageId, List<Reactions>> reactions(Collection<ChatMessageId> messages, UserId seenBy) {
        return in(open -> ReactionRows.of(open, messages, seenBy));
    }

    @Override
    public List<ChatMessageId> propose(UserId user, SearchQuery query, Optional<ChatMessageId> before, int limit) {
        return in(open -> database.dialect().search().propose(open, user, query, before, limit));
    }

    @Override
    public List<ChatMessage> readable(UserId user, Collection<ChatMessageId> messages) {
        return in(open -> ChatMessageRows.readable(open, user, messages));
    }

    @Override
    public boolean hasBlocked(UserId user, UserId other) {
        return in(open -> BlockRows.has(open, user, other));
    }

    @Override
    public List<UserId> blockedBy(UserId user) {
        return in(open -> BlockRows.of(open, user));
    }

    @Override
    public Optional<Conversation> lock(ConversationId id) {
        return in(open -> ConversationRows.lock(open, database.dialect(), id));
    }

    @Override
    public ConversationId newConversationId() {
        return new ConversationId(next("conversation"));
    }

    @Override
    public ChatMessageId newMessageId() {
        return new ChatMessageId(next("message"));
    }

    @Override
    public long newParticipantNumber() {
        return next("participant");
    }

    long next(String kind) {
        String query = database.dialect().nextId(kind);
        return in(open -> Sql.first(open, query, row -> row.getLong(1))
                .orElseThrow(() -> new SQLException("there are no ids for a " + kind)));
    }

    @Override
    public boolean add(Conversation conversation, Optional<DirectPair> pair) {
        return in(open -> ConversationRows.add(open, conversation, pair));
    }

    @Override
    public void update(Conversation conversation) {
        run(open -> ConversationRows.update(open, conversation));
    }

    @Override
    public boolean add(Participant participant) {
        return in(open -> ParticipantRows.add(open, participant));
    }

    @Override
    public void update(Participant participant) {
        run(open -> ParticipantRows.update(open, participant));
    }

    @Override
    public void remove(ConversationId conversation, UserId user) {
        run(open -> ParticipantRows.remove(open, conversation, user));
    }

    @Override
    public void add(ChatMessage message) {
        run(open -> {
            ChatMessageRows.add(open, message);
            SearchRows.put(open, database.dialect(), message);
        });
    }

    @Override
    public void update(ChatMessage message) {
        run(open -> {
            ChatMessageRows.update(open, message);
            SearchRows.put(open, database.dialect(), message);
        });
    }

    @Override
    public boolean react(ChatMessageId message, UserId user, String emoji) {
        return in(open -> ReactionRows.add(open, message, user, emoji));
    }

    @Override
    public boolean unreact(ChatMessageId message, UserId user, String emoji) {
        return in(open -> ReactionRows.remove(open, message, user, emoji));
    }

    @Override
    public PinWriter pins() {
        return new JdbcPins(this::in);
    }

    @Override
    public SettingsWriter settings() {
        return new JdbcSettings(this::in);
    }

    @Override
    public InvitationWriter invitations() {
        return new JdbcInvitations(this::in, () -> next("invitation"));
    }

    @Override
    public boolean block(UserId user, UserId other) {
        return in(open -> BlockRows.add(open, user, other));
    }

    @Override
    public boolean unblock(UserId user, UserId other) {
        return in(open -> BlockRows.remove(open, user, other));
    }

    @Override
    public void seen(UserId user, Instant at) {
        run(open -> SeenRows.put(open, user, at));
    }

    @Override
    public UpkeepWriter upkeep() {
        return new JdbcUpkeep(this::in);
    }

    @Override
    public ModerationWriter moderation() {
        return new ModerationTransaction(this);
    }
}

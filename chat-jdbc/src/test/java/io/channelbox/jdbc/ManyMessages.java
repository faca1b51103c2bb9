package io.channelbox.jdbc;

import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/**
 * A database full of conversations: each with as many messages, said in turn in all of them, of which some are deleted. One
 * user is in some of them, and has read them to different places.
 */
record ManyMessages(int conversations, int messagesEach, int conversationsOfAnn) {

    static final UserId ANN = new UserId("ann");

    private static final int BATCH = 10_000;
    private static final int PEOPLE_EACH = 5;
    private static final int PEOPLE = 2_000;
    private static final int DELETED = 50; // every so many
    private static final int LUNCH = 1_001; // every so many, in all conversations
    private static final String TEXT = "What people say to each other is seldom much longer than this sentence is. ";

    /** Makes the tables as they were before there was a search. */
    static void makeTables(DataSource source) {
        Database database = Database.behind(source, Duration.ofSeconds(3));
        List<String> before = Schema.SCRIPTS.subList(0, Schema.SCRIPTS.indexOf(Schema.SEARCH));
        try (var writer = new Writer(database, new Schema(database.dialect(), before))) {
            writer.prepare();
        }
    }

    /** Fills a database that has the tables. */
    void fill(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            addConversations(connection);
            addParticipants(connection);
            addMessages(connection);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private long timeOf(int conversation, int sequence) {
        return Nanos.of(
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds((long) sequence * conversations + conversation));
    }

    private void addConversations(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO chat_conversation (
                    id, user_id, conversation_type, name, visibility, category, is_active, created_at, updated_at,
                    last_message_at, last_sequence, participant_count)
                VALUES (?, 'p0', 'group', ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (int id = 1; id <= conversations; id++) {
                insert.setLong(1, id);
                insert.setString(2, "Conversation " + id);
                insert.setString(3, id % 20 == 0 ? "public" : "private");
                insert.setString(4, id % 40 == 0 ? "news" : null);
                insert.setBoolean(5, true);
                insert.setLong(6, timeOf(id, 0));
                insert.setLong(7, timeOf(id, 0));
                insert.setLong(8, timeOf(id, messagesEach));
                insert.setLong(9, messagesEach);
                insert.setLong(10, isOfAnn(id) ? PEOPLE_EACH + 1 : PEOPLE_EACH);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private boolean isOfAnn(int conversation) {
        return conversation % (conversations / conversationsOfAnn) == 0;
    }

    private void addParticipants(Connection connection) throws SQLException {
        var random = new Random(1);
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO chat_conversation_participant (
                    id, user_id, conversation_id, username, role, is_muted, joined_at, last_read_sequence)
                VALUES (?, ?, ?, ?, 'member', ?, ?, ?)""")) {
            long number = 0;
            for (int id = 1; id <= conversations; id++) {
                for (int each = isOfAnn(id) ? -1 : 0; each < PEOPLE_EACH; each++) {
                    String user = each < 0 ? ANN.value() : "p" + (id + each * 17) % PEOPLE;
                    insert.setLong(1, ++number);
                    insert.setString(2, user);
                    insert.setLong(3, id);
                    insert.setString(4, user);
                    insert.setBoolean(5, false);
                    insert.setLong(6, timeOf(id, 0));
                    insert.setLong(7, random.nextInt(messagesEach));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void addMessages(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO chat_conversation_message (
                    id, conversation_id, sequence, user_id, username, message_type, content, created_at, deleted_at)
                VALUES (?, ?, ?, ?, ?, 'text', ?, ?, ?)""")) {
            long id = 0;
            for (int sequence = 1; sequence <= messagesEach; sequence++) {
                for (int conversation = 1; conversation <= conversations; conversation++) {
                    String author = "p" + (conversation + sequence % PEOPLE_EACH * 17) % PEOPLE;
                    insert.setLong(1, ++id);
                    insert.setLong(2, conversation);
                    insert.setLong(3, sequence);
                    insert.setString(4, author);
                    insert.setString(5, author);
                    insert.setString(6, TEXT + (id % LUNCH == 0 ? "Lunch? " : "") + id);
                    insert.setLong(7, timeOf(conversation, sequence));
                    insert.setObject(8, id % DELETED == 0 ? timeOf(conversation, sequence) : null);
                    insert.addBatch();
                    if (id % BATCH == 0) {
                        insert.executeBatch();
                        connection.commit();
                    }
                }
            }
            insert.executeBatch();
        }
    }

    /** Adds as many bans, reports and audit entries as there are messages; every tenth report is open. */
    void addModeration(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement insert = connection.createStatement()) {
            insert.execute("""
                    INSERT INTO chat_conversation_ban (
                        id, conversation_id, user_id, banned_by, reason, created_at)
                    SELECT id, conversation_id, 'b' || id, 'p0', '', created_at FROM chat_conversation_message""");
            insert.execute("""
                    INSERT INTO chat_conversation_last_said (conversation_id, user_id, said_at)
                    SELECT conversation_id, 'b' || id, created_at FROM chat_conversation_message""");
            insert.execute("""
                    INSERT INTO chat_conversation_report (
                        id, conversation_id, message_id, author_id, author_role, content, user_id, reason, report_text,
                        created_at, state, settled_by, settled_at)
                    SELECT id, conversation_id, id, user_id, 'member', content, 'p0', 'spam', '', created_at,
                        CASE WHEN id % 10 = 0 THEN 'open' ELSE 'resolved' END,
                        CASE WHEN id % 10 = 0 THEN NULL ELSE 'p0' END,
                        CASE WHEN id % 10 = 0 THEN NULL ELSE created_at END
                    FROM chat_conversation_message""");
            insert.execute("""
                    INSERT INTO chat_conversation_audit (
                        id, conversation_id, actor_id, action, user_id, reason, created_at)
                    SELECT id, conversation_id, 'p0', 'kick', user_id, '', created_at FROM chat_conversation_message""");
        }
    }
}

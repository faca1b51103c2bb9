package io.channelbox.jdbc;

import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The rows of messages. */
final class Messages {

    static final String INSERT = """
            INSERT INTO chat_message (
                stream_id, position, size, sent_at, id, sender, kind, format, is_text, payload, idempotency_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private Messages() {}

    /** Adds the rows to a batch of {@link #INSERT}. */
    static void addTo(PreparedStatement insert, Stream stream, List<StreamPosition> positions, List<Message> messages)
            throws SQLException {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            Payload payload = message.payload();
            insert.setLong(1, stream.id());
            insert.setLong(2, positions.get(i).offset());
            insert.setInt(3, message.size());
            insert.setLong(4, Nanos.of(message.sentAt()));
            insert.setString(5, message.id().toString());
            insert.setString(6, message.sender().map(UserId::value).orElse(null));
            insert.setString(7, message.kind());
            insert.setString(8, payload.format());
            insert.setBoolean(9, payload.frame() instanceof TextFrame);
            insert.setBytes(10, bytesOf(payload.frame()));
            insert.setString(11, message.idempotencyKey().orElse(null));
            insert.addBatch();
        }
    }

    private static byte[] bytesOf(Frame frame) {
        ByteBuffer buffer = frame.buffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Reads the page that was asked for, of a stream that was trimmed. */
    static HistoryPage page(Connection connection, GroupName group, Stream stream, HistoryQuery query)
            throws SQLException {
        boolean oldestFirst = query.after().isPresent();
        List<HistoryEntry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(select(query, oldestFirst))) {
            bind(select, stream, query);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row, group, stream));
                }
            }
        }
        boolean more = entries.size() > query.limit();
        if (more) {
            entries.remove(entries.size() - 1);
        }
        if (!oldestFirst) {
            Collections.reverse(entries);
        }
        return new HistoryPage(entries, Optional.of(stream.top()), more, false);
    }

    private static String select(HistoryQuery query, boolean oldestFirst) {
        var sql = new StringBuilder("""
                SELECT position, sent_at, id, sender, kind, format, is_text, payload, idempotency_key FROM chat_message
                WHERE stream_id = ? AND position >= ? AND position < ?""");
        if (!query.kinds().isEmpty()) {
            sql.append(" AND kind IN (")
                    .append(Streams.marks(query.kinds().size()))
                    .append(')');
        }
        if (query.sender().isPresent()) {
            sql.append(" AND sender = ?");
        }
        if (query.since().isPresent()) {
            sql.append(" AND sent_at >= ?");
        }
        return sql.append(oldestFirst ? " ORDER BY position LIMIT ?" : " ORDER BY position DESC LIMIT ?")
                .toString();
    }

    private static void bind(PreparedStatement select, Stream stream, HistoryQuery query) throws SQLException {
        long from = query.after()
                .map(after -> Math.max(stream.bottom(), after.offset() + 1))
                .orElse(stream.bottom());
        long to = query.before()
                .map(before -> stream.isOfEpoch(before) ? before.offset() : 0)
                .orElse(Long.MAX_VALUE);
        int next = 1;
        select.setLong(next++, stream.id());
        select.setLong(next++, from);
        select.setLong(next++, to);
        for (String kind : query.kinds()) {
            select.setString(next++, kind);
        }
        if (query.sender().isPresent()) {
            select.setString(next++, query.sender().get().value());
        }
        if (query.since().isPresent()) {
            select.setLong(next++, Nanos.nearestTo(query.since().get()));
        }
        select.setInt(next, query.limit() + 1);
    }

    private static HistoryEntry entry(ResultSet row, GroupName group, Stream stream) throws SQLException {
        byte[] bytes = row.getBytes("payload");
        Frame frame = row.getBoolean("is_text") ? Frame.utf8(bytes) : Frame.binary(bytes);
        var message = new Message(
                MessageId.of(row.getString("id")),
                group,
                Optional.ofNullable(row.getString("sender")).map(UserId::new),
                row.getString("kind"),
                Nanos.toInstant(row.getLong("sent_at")),
                new Payload(row.getString("format"), frame),
                Optional.ofNullable(row.getString("idempotency_key")));
        return new HistoryEntry(stream.position(row.getLong("position")), message);
    }

    /** Returns when a message that is kept was sent. */
    static Instant sentAt(Connection connection, Stream stream, StreamPosition position) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT sent_at FROM chat_message WHERE stream_id = ? AND position = ?")) {
            select.setLong(1, stream.id());
            select.setLong(2, position.offset());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "the message at " + position + " of stream " + stream.id() + " is not there");
                }
                return Nanos.toInstant(row.getLong(1));
            }
        }
    }
}

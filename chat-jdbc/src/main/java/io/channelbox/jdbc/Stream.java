package io.channelbox.jdbc;

import io.channelbox.history.Retention;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The row of a group within one transaction: which of its messages are kept. Trimming moves the bottom; the messages below
 * it are deleted now and then, and never read.
 */
final class Stream {

    static final String COLUMNS =
            "id, name, epoch, top, bottom, bytes, oldest_at, max_count, max_bytes, max_age, expires_at";

    static final String UPDATE = """
            UPDATE chat_stream
            SET top = ?, bottom = ?, bytes = ?, oldest_at = ?, max_count = ?, max_bytes = ?, max_age = ?, expires_at = ?
            WHERE id = ?""";

    static final String DELETE = "DELETE FROM chat_message WHERE stream_id = ? AND position < ?";

    private static final int LOOKED_AT_TOGETHER = 256;
    // A bound may be exceeded on disk by this part of it, so that a save seldom has to delete.
    private static final int SLACK = 8;

    private final long id;
    private final String epoch;
    private final long now;
    private final long bottomBefore;
    private long top;
    private long bottom;
    private long bytes;
    private long oldestAt;
    private Retention retention;
    private long maxAge;
    private long expiresAt;

    private Stream(ResultSet row, Instant now) throws SQLException {
        this.id = row.getLong("id");
        this.epoch = row.getString("epoch");
        this.now = Nanos.nearestTo(now);
        this.top = row.getLong("top");
        this.bottom = row.getLong("bottom");
        this.bottomBefore = bottom;
        this.bytes = row.getLong("bytes");
        this.oldestAt = row.getLong("oldest_at");
        this.maxAge = row.getLong("max_age");
        this.expiresAt = row.getLong("expires_at");
        this.retention =
                new Retention(row.getInt("max_count"), row.getLong("max_bytes"), Duration.ofNanos(maxAge), Set.of());
    }

    /** Reads the row of a stream, at a time that tells what is too old. */
    static Stream of(ResultSet row, Instant now) throws SQLException {
        return new Stream(row, now);
    }

    long id() {
        return id;
    }

    long bottom() {
        return bottom;
    }

    long bytes() {
        return bytes;
    }

    long count() {
        return top - bottom + 1;
    }

    Instant oldestAt() {
        return Nanos.toInstant(oldestAt);
    }

    StreamPosition top() {
        return position(top);
    }

    StreamPosition position(long offset) {
        return new StreamPosition(epoch, offset);
    }

    boolean isOfEpoch(StreamPosition position) {
        return position.epoch().equals(epoch);
    }

    /** Tells whether something that followed a position is gone. */
    boolean hasGapAfter(StreamPosition after) {
        return !isOfEpoch(after) || after.offset() > top || after.offset() + 1 < bottom;
    }

    /** Gives the messages the next positions. What an earlier retention let go does not come back with another one. */
    List<StreamPosition> take(Connection connection, List<Message> messages, Retention declared) throws SQLException {
        if (!isSame(declared)) {
            trim(connection);
        }
        if (count() == 0) {
            oldestAt = Nanos.of(messages.get(0).sentAt());
        }
        for (Message message : messages) {
            bytes += message.size();
        }
        retention = declared;
        maxAge = Nanos.of(declared.age());
        expiresAt = Nanos.later(oldestAt, maxAge);
        long first = top + 1;
        top += messages.size();
        return LongStream.rangeClosed(first, top).mapToObj(this::position).toList();
    }

    private boolean isSame(Retention declared) {
        return retention.count() == declared.count()
                && retention.bytes() == declared.bytes()
                && maxAge == Nanos.of(declared.age());
    }

    /** Forgets everything. Positions go on. */
    void clear() {
        bottom = top + 1;
        bytes = 0;
        expiresAt = Long.MAX_VALUE;
    }

    /** Tells whether more is kept than the retention allows by so much that it is worth deleting. */
    boolean isTrimDue() {
        return count() > retention.count() + retention.count() / SLACK
                || (bytes > retention.bytes() + retention.bytes() / SLACK && count() > 1)
                || now > Nanos.later(expiresAt, maxAge / SLACK);
    }

    /** Tells whether messages below the bottom are to be deleted. */
    boolean hasForgotten() {
        return bottom > bottomBefore;
    }

    /** Moves the bottom up to the oldest message that the retention keeps. Count and bytes never take the newest message; age takes any. */
    void trim(Connection connection) throws SQLException {
        boolean done = !isTooMuch();
        while (!done) {
            try (PreparedStatement oldest = connection.prepareStatement("""
                    SELECT size, sent_at FROM chat_message
                    WHERE stream_id = ? AND position >= ? ORDER BY position LIMIT ?""")) {
                oldest.setLong(1, id);
                oldest.setLong(2, bottom);
                oldest.setInt(3, LOOKED_AT_TOGETHER);
                try (ResultSet row = oldest.executeQuery()) {
                    done = trim(row) || count() == 0;
                }
            }
        }
        if (count() == 0) {
            clear();
        }
    }

    /** Returns whether the oldest message to keep was found. */
    private boolean trim(ResultSet oldestFirst) throws SQLException {
        long before = bottom;
        while (oldestFirst.next()) {
            oldestAt = oldestFirst.getLong("sent_at");
            expiresAt = Nanos.later(oldestAt, maxAge);
            if (!isTooMuch()) {
                return true;
            }
            bytes -= oldestFirst.getInt("size");
            bottom++;
        }
        if (bottom == before) {
            throw new SQLException("the messages of stream " + id + " are not there from position " + bottom + " on");
        }
        return false;
    }

    /** Tells whether a message sent at that time is too old. */
    boolean isTooOld(long sentAt) {
        return now > Nanos.later(sentAt, maxAge);
    }

    private boolean isTooMuch() {
        return count() > retention.count()
                || (bytes > retention.bytes() && count() > 1)
                || (count() > 0 && now > expiresAt);
    }

    /** Adds the row as it is now to a batch of {@link #UPDATE}. */
    void addTo(PreparedStatement update) throws SQLException {
        update.setLong(1, top);
        update.setLong(2, bottom);
        update.setLong(3, bytes);
        update.setLong(4, oldestAt);
        update.setInt(5, retention.count());
        update.setLong(6, retention.bytes());
        update.setLong(7, maxAge);
        update.setLong(8, expiresAt);
        update.setLong(9, id);
        update.addBatch();
    }

    /** Adds the deletion of what is below the bottom to a batch of {@link #DELETE}. */
    void addForgottenTo(PreparedStatement delete) throws SQLException {
        delete.setLong(1, id);
        delete.setLong(2, bottom);
        delete.addBatch();
    }
}

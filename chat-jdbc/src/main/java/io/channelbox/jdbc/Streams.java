package io.channelbox.jdbc;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The rows of groups. Writers lock them in the order of their names, so that two nodes seldom lock each other out. */
final class Streams {

    private static final String INBOXES = GroupName.INBOX_KIND + ':';

    private Streams() {}

    /** Reads and trims the stream of a group, if anything was ever kept of it. */
    static Optional<Stream> forReading(Connection connection, GroupName group, Instant now) throws SQLException {
        Stream stream = select(connection, Set.of(group), "", now).get(group);
        if (stream == null) {
            return Optional.empty();
        }
        stream.trim(connection);
        return Optional.of(stream);
    }

    /** Reads the streams that there are of these groups, and keeps other writers away from them. */
    static Map<GroupName, Stream> known(Connection connection, Dialect dialect, Set<GroupName> groups, Instant now)
            throws SQLException {
        return select(connection, groups, dialect.lockingRows(), now);
    }

    /** Reads the streams of these groups, makes those that there are not, and keeps other writers away from them. */
    static Map<GroupName, Stream> forWriting(Connection connection, Dialect dialect, Set<GroupName> groups, Instant now)
            throws SQLException {
        Map<GroupName, Stream> streams = known(connection, dialect, groups, now);
        if (streams.size() < groups.size()) {
            Set<GroupName> unknown = new TreeSet<>(groups);
            unknown.removeAll(streams.keySet());
            insert(connection, unknown);
            streams.putAll(known(connection, dialect, unknown, now));
        }
        return streams;
    }

    private static Map<GroupName, Stream> select(
            Connection connection, Set<GroupName> groups, String lockingRows, Instant now) throws SQLException {
        int marks = roundedUp(groups.size());
        String query = "SELECT " + Stream.COLUMNS + " FROM chat_stream WHERE name IN (" + marks(marks)
                + ") ORDER BY name " + lockingRows;
        Map<GroupName, Stream> streams = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            int next = 1;
            String last = "";
            for (GroupName group : groups) {
                last = group.value();
                select.setString(next++, last);
            }
            while (next <= marks) {
                select.setString(next++, last);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    streams.put(groupOf(row.getString("name")), Stream.of(row, now));
                }
            }
        }
        return streams;
    }

    /** A power of two, so that there are few different queries. */
    static int roundedUp(int size) {
        return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    private static void insert(Connection connection, Set<GroupName> groups) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO chat_stream (
                    name, epoch, top, bottom, bytes, oldest_at, max_count, max_bytes, max_age, expires_at)
                VALUES (?, ?, 0, 1, 0, 0, 1, 1, 1, ?) ON CONFLICT (name) DO NOTHING""")) {
            for (GroupName group : groups) {
                insert.setString(1, group.value());
                insert.setString(2, UUID.randomUUID().toString().substring(0, 8));
                insert.setLong(3, Long.MAX_VALUE);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Lists the groups that messages are kept of. Where the newest one has grown too old, the others have to be looked at. */
    static Set<GroupName> groups(Connection connection, Instant now) throws SQLException {
        Map<GroupName, Stream> aged = new HashMap<>();
        Set<GroupName> groups = new HashSet<>();
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT " + Stream.COLUMNS + ", newest_at FROM chat_stream JOIN"
                        + " (SELECT stream_id, position, sent_at AS newest_at FROM chat_message) AS newest"
                        + " ON stream_id = id AND position = top WHERE top >= bottom")) {
            while (row.next()) {
                GroupName group = groupOf(row.getString("name"));
                Stream stream = Stream.of(row, now);
                if (stream.isTooOld(row.getLong("newest_at"))) {
                    aged.put(group, stream);
                } else {
                    groups.add(group);
                }
            }
        }
        for (Map.Entry<GroupName, Stream> each : aged.entrySet()) {
            each.getValue().trim(connection);
            if (each.getValue().count() > 0) {
                groups.add(each.getKey());
            }
        }
        return Set.copyOf(groups);
    }

    /** Deletes what has grown too old, of at most so many streams, and returns of how many. */
    static int forgetAged(Connection connection, Dialect dialect, int most, Instant now) throws SQLException {
        List<Stream> aged = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + Stream.COLUMNS
                + " FROM chat_stream WHERE expires_at < ? ORDER BY expires_at LIMIT ? " + dialect.lockingFreeRows())) {
            select.setLong(1, Nanos.nearestTo(now));
            select.setInt(2, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    aged.add(Stream.of(row, now));
                }
            }
        }
        for (Stream stream : aged) {
            stream.trim(connection);
        }
        save(connection, aged);
        return aged.size();
    }

    /** Writes the rows back, and deletes the messages that were forgotten. */
    static void save(Connection connection, Collection<Stream> streams) throws SQLException {
        List<Stream> forgetful = streams.stream().filter(Stream::hasForgotten).toList();
        if (!forgetful.isEmpty()) {
            try (PreparedStatement delete = connection.prepareStatement(Stream.DELETE)) {
                for (Stream stream : forgetful) {
                    stream.addForgottenTo(delete);
                }
                delete.executeBatch();
            }
        }
        update(connection, streams);
    }

    private static void update(Connection connection, Collection<Stream> streams) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(Stream.UPDATE)) {
            for (Stream stream : streams) {
                stream.addTo(update);
            }
            update.executeBatch();
        }
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** Returns the group of a name that was kept: any that the library allows, those of its own too. */
    static GroupName groupOf(String name) {
        return name.startsWith(INBOXES)
                ? GroupName.inboxOf(new UserId(name.substring(INBOXES.length())))
                : GroupName.of(name);
    }
}

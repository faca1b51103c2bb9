package io.channelbox.jdbc;

import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Histories in a database. What arrives while one commit is on its way to the disk is kept together by the next. */
final class JdbcHistoryStore implements HistoryStore {

    private static final HistoryPage ALL_IS_GONE = new HistoryPage(List.of(), Optional.empty(), false, true);

    private static final Logger log = LoggerFactory.getLogger(JdbcHistoryStore.class);
    private static final Duration LOOK_PERIOD = Duration.ofMinutes(1);
    private static final int FORGOTTEN_AT_ONCE = 50;

    private final Database database;
    private final Writer writer;
    private final InstantSource clock;
    // Used by the thread that keeps, one at a time.
    private Instant nextLook = Instant.MIN;
    private final Saves saves = new Saves(together -> {
        keep(together);
        forgetAged();
    });

    JdbcHistoryStore(Database database, Writer writer, InstantSource clock) {
        this.database = database;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        var save = new Save(group, messages, retention);
        if (messages.isEmpty()) {
            return List.of();
        }
        saves.keep(save);
        return save.outcome();
    }

    /** Keeps all of it or nothing, and tells each of those who wait, whatever happens: they are not to wait in vain. */
    private void keep(List<Save> together) {
        try {
            List<List<StreamPosition>> positions =
                    writer.write("keep what was said", connection -> keep(connection, together));
            for (int i = 0; i < together.size(); i++) {
                together.get(i).succeed(positions.get(i));
            }
        } catch (RuntimeException e) {
            together.forEach(save -> save.fail(e));
        } catch (Error e) {
            together.forEach(save -> save.fail(new StoreException("Could not keep what was said", e)));
        }
    }

    /** Deletes what has grown too old in groups that nobody speaks to: now and then and a few at a time, since saves wait for it. */
    private void forgetAged() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        try {
            int found = writer.write(
                    "forget what is too old",
                    connection -> Streams.forgetAged(connection, database.dialect(), FORGOTTEN_AT_ONCE, now));
            nextLook = found == FORGOTTEN_AT_ONCE ? now : now.plus(LOOK_PERIOD);
        } catch (RuntimeException e) { // it is read by nobody, and the next look comes
            log.warn("What is too old stays on disk for now", e);
            nextLook = now.plus(LOOK_PERIOD);
        }
    }

    private List<List<StreamPosition>> keep(Connection connection, List<Save> together) throws SQLException {
        Set<GroupName> groups = new HashSet<>();
        together.forEach(save -> groups.add(save.group()));
        Map<GroupName, Stream> streams = Streams.forWriting(connection, database.dialect(), groups, clock.instant());
        List<List<StreamPosition>> positions = new ArrayList<>(together.size());
        try (PreparedStatement insert = connection.prepareStatement(Messages.INSERT)) {
            for (Save save : together) {
                Stream stream = Objects.requireNonNull(streams.get(save.group()));
                List<StreamPosition> given = stream.take(connection, save.messages(), save.retention());
                Messages.addTo(insert, stream, given, save.messages());
                positions.add(given);
            }
            insert.executeBatch();
        }
        for (Stream stream : streams.values()) {
            if (stream.isTrimDue()) {
                stream.trim(connection);
            }
        }
        Streams.save(connection, streams.values());
        return positions;
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        return database.read("read the history of " + group, connection -> {
            Optional<Stream> stream = Streams.forReading(connection, group, clock.instant());
            if (stream.isEmpty()) {
                return query.after().isPresent() ? ALL_IS_GONE : HistoryPage.EMPTY;
            }
            return page(connection, group, stream.get(), query);
        });
    }

    private static HistoryPage page(Connection connection, GroupName group, Stream stream, HistoryQuery query)
            throws SQLException {
        boolean isGap = query.after().filter(stream::hasGapAfter).isPresent();
        if (isGap) {
            return new HistoryPage(List.of(), Optional.of(stream.top()), false, true);
        }
        return Messages.page(connection, group, stream, query);
    }

    @Override
    public HistoryStats stats(GroupName group) {
        return database.read("count the history of " + group, connection -> {
            Optional<Stream> stream = Streams.forReading(connection, group, clock.instant());
            if (stream.isEmpty() || stream.get().count() == 0) {
                return HistoryStats.EMPTY;
            }
            Stream kept = stream.get();
            return new HistoryStats(
                    kept.count(),
                    kept.bytes(),
                    Optional.of(kept.oldestAt()),
                    Optional.of(Messages.sentAt(connection, kept, kept.top())));
        });
    }

    @Override
    public Set<GroupName> groups() {
        return database.read("list the groups", connection -> Streams.groups(connection, clock.instant()));
    }

    @Override
    public void clear(GroupName group) {
        writer.write("clear the history of " + group, connection -> {
            Map<GroupName, Stream> streams =
                    Streams.known(connection, database.dialect(), Set.of(group), clock.instant());
            streams.values().forEach(Stream::clear);
            Streams.save(connection, streams.values());
            return streams.size();
        });
    }

    @Override
    public void clearAll() {
        writer.write("clear all histories", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("UPDATE chat_stream SET bottom = top + 1, bytes = 0, expires_at = " + Long.MAX_VALUE);
                // A group that another node has begun meanwhile was not cleared, and keeps what it has.
                return statement.executeUpdate("DELETE FROM chat_message WHERE position <"
                        + " (SELECT bottom FROM chat_stream WHERE chat_stream.id = chat_message.stream_id)");
            }
        });
    }
}

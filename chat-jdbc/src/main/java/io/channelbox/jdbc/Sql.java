package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements, and how what they are about becomes their arguments. A collection is as many arguments as it has elements. */
final class Sql {

    private Sql() {}

    /** What is made of one row. */
    interface Row<T> {

        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> all(Connection connection, String query, Row<T> each, Object... arguments) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            bind(select, arguments);
            List<T> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(each.of(row));
                }
            }
            return found;
        }
    }

    static <T> Optional<T> first(Connection connection, String query, Row<T> each, Object... arguments)
            throws SQLException {
        return all(connection, query, each, arguments).stream().findFirst();
    }

    /** Returns how many rows it was about. */
    static int update(Connection connection, String statement, Object... arguments) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            bind(update, arguments);
            return update.executeUpdate();
        }
    }

    /** Returns a list with its last element repeated up to a power of two, so that there are few different queries. */
    static <T> List<T> padded(Collection<T> some) {
        List<T> padded = new ArrayList<>(some);
        padded.addAll(Collections.nCopies(Streams.roundedUp(some.size()) - some.size(), padded.get(padded.size() - 1)));
        return padded;
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        int next = 1;
        for (Object argument : arguments) {
            if (argument instanceof Collection<?> several) {
                for (Object one : several) {
                    statement.setObject(next++, column(one));
                }
            } else {
                statement.setObject(next++, column(argument));
            }
        }
    }

    private static @Nullable Object column(Object value) {
        if (value instanceof Optional<?> maybe) {
            return maybe.isPresent() ? column(maybe.get()) : null;
        } else if (value instanceof Instant time) {
            return Nanos.of(time);
        } else if (value instanceof Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof String text) {
            return Text.required("text", text);
        } else if (value instanceof UserId user) {
            return user.value();
        } else if (value instanceof ConversationId conversation) {
            return conversation.value();
        } else if (value instanceof ChatMessageId message) {
            return message.value();
        }
        return value;
    }
}

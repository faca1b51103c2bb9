package io.channelbox.jdbc;

import io.channelbox.message.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What is read from the columns of a row. */
final class Columns {

    private Columns() {}

    static UserId user(ResultSet row, String column) throws SQLException {
        return new UserId(row.getString(column));
    }

    static Optional<String> maybeText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Optional<Long> maybeNumber(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Nanos.toInstant(row.getLong(column));
    }

    static Optional<Instant> maybeTime(ResultSet row, String column) throws SQLException {
        return maybeNumber(row, column).map(Nanos::toInstant);
    }

    static <E extends Enum<E>> E choice(ResultSet row, String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT));
    }
}

package io.channelbox.jdbc;

import java.sql.SQLException;

/** A commit was asked for and its answer never came: what it should have kept may be kept or not. */
final class OutcomeUnknownException extends SQLException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    }
}

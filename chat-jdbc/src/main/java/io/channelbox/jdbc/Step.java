package io.channelbox.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** A statement that returns nothing. */
interface Step {

    void in(Connection connection) throws SQLException;
}

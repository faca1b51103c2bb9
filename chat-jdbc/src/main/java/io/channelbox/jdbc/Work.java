package io.channelbox.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done in one transaction. It must neither begin nor end one. */
interface Work<T> {

    T in(Connection connection) throws SQLException;
}

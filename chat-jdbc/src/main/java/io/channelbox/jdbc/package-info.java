/**
 * Keeps what was said in an SQL database, over plain JDBC. Start with {@link io.channelbox.jdbc.JdbcStores}, the one door.
 */
@NullMarked
package io.channelbox.jdbc;

import org.jspecify.annotations.NullMarked;

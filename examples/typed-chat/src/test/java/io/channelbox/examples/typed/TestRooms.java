package io.channelbox.examples.typed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;

/** Rooms in a database in memory, for one test. */
final class TestRooms implements AutoCloseable {

    final Rooms rooms;
    private final HikariDataSource database;

    TestRooms() {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite::memory:"); // another one for each connection, so there is one
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0);
        database = new HikariDataSource(config);
        rooms = new Rooms(database, InstantSource.system());
    }

    /** Makes a room with these members. */
    Room create(String name, String... members) {
        Room room = rooms.create(name);
        for (String member : members) {
            rooms.addMember(room, member);
        }
        return room;
    }

    @Override
    public void close() {
        database.close();
    }
}

package io.channelbox.examples.typed;

import io.channelbox.auth.AccessRequest;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** The rooms and who is a member of which, in an SQLite database. */
final class Rooms {

    private static final String ROOMS = """
            CREATE TABLE IF NOT EXISTS room (
              id TEXT PRIMARY KEY,
              name TEXT NOT NULL,
              created_at TEXT NOT NULL
            ) WITHOUT ROWID
            """;
    private static final String MEMBERS = """
            CREATE TABLE IF NOT EXISTS room_member (
              room_id TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
              username TEXT NOT NULL,
              joined_at TEXT NOT NULL,
              PRIMARY KEY (room_id, username)
            ) WITHOUT ROWID
            """;

    private final DataSource source;
    private final InstantSource clock;

    /** Finds the tables in the database, or makes them. */
    Rooms(DataSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        update(ROOMS);
        update(MEMBERS);
    }

    /** Makes a room. Its id is made of its name, and of a number where another room has that id. */
    Room create(String name) {
        String wanted = idOf(name);
        String id = wanted;
        for (int number = 2; !insert(id, name); number++) {
            id = wanted + "-" + number;
        }
        return new Room(id, name);
    }

    private boolean insert(String id, String name) {
        return update(
                        "INSERT INTO room (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        id,
                        name,
                        now())
                == 1;
    }

    /** Returns what can stand in an address: {@code "Grüße & Küsse"} becomes {@code grusse-kusse}. */
    private static String idOf(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replace("ß", "ss")
                .replaceAll("\\p{M}+", "");
        String id = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return id.isEmpty() ? "room" : id;
    }

    Optional<Room> find(String id) {
        return select("SELECT id, name FROM room WHERE id = ?", id).stream().findFirst();
    }

    /** Returns all rooms, by name. */
    List<Room> all() {
        return select("SELECT id, name FROM room ORDER BY name COLLATE NOCASE, id");
    }

    /** Makes a user a member, who may be one already. */
    void addMember(Room room, String username) {
        update(
                "INSERT INTO room_member (room_id, username, joined_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                room.id(),
                username,
                now());
    }

    void removeMember(Room room, String username) {
        update("DELETE FROM room_member WHERE room_id = ? AND username = ?", room.id(), username);
    }

    boolean hasMember(String roomId, UserId user) {
        return !select("""
                        SELECT room.id, room.name FROM room_member JOIN room ON room.id = room_id
                        WHERE room_id = ? AND username = ?
                        """, roomId, user.value()).isEmpty();
    }

    /** The box's policy: whatever one may want with a room is for its members, and there are no other groups. */
    boolean allow(AccessRequest request) {
        return request.group().kind().equals(Room.KIND)
                && hasMember(request.group().id(), request.user().id());
    }

    private String now() {
        return clock.instant().toString();
    }

    private List<Room> select(String sql, String... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            List<Room> rooms = new ArrayList<>();
            while (row.next()) {
                rooms.add(new Room(row.getString(1), row.getString(2)));
            }
            return rooms;
        } catch (SQLException e) {
            throw new StoreException("the rooms cannot be read", e);
        }
    }

    private int update(String sql, String... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException("the rooms cannot be written", e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}

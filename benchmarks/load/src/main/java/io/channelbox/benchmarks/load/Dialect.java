package io.channelbox.benchmarks.load;

import java.util.List;

/**
 * What is spoken with one kind of server. Payloads need no parsing here: the generator finds them in any text by their mark, also
 * several in one frame, as long as the text carries them unescaped (they are plain ASCII without quotes, spaces or backslashes).
 */
public interface Dialect {

    /** The path and query that a client of these rooms connects to. */
    String path(int client, List<String> rooms);

    /** In how many rooms a connection can be. */
    default int mostRooms() {
        return Integer.MAX_VALUE;
    }

    /** More lines for the handshake, as {@code Name: value}. */
    default List<String> headers() {
        return List.of();
    }

    /** What is said until the client is in its rooms. Made for each connection; a room's name is four hex digits. */
    Conversation conversation(int client, List<String> rooms);

    /** What stands before and after a payload that a client sends to a room. Asked for once in each conversation and room. */
    Envelope envelope(Conversation conversation, String room);

    /** The text around a payload. */
    record Envelope(String before, String after) {}
}

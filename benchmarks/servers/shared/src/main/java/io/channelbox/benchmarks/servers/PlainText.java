package io.channelbox.benchmarks.servers;

/**
 * The plain dialect: {@code +room} joins a room and is answered with itself, and every other text is a payload, which goes as it is
 * to the room that it names.
 */
public final class PlainText {

    private static final int ROOM_FROM = 2;
    private static final int ROOM_TO = 6;

    private PlainText() {}

    /** Whether this asks to join. */
    public static boolean isJoin(String text) {
        return text.charAt(0) == '+';
    }

    /** The room to join. */
    public static String roomToJoin(String text) {
        return text.substring(1);
    }

    /** The room that the payload is for. */
    public static String roomOf(String payload) {
        return payload.substring(ROOM_FROM, ROOM_TO);
    }
}

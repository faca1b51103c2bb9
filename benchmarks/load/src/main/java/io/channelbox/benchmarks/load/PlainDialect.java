package io.channelbox.benchmarks.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Payloads as they are; {@code +room} joins, and is answered with itself. */
final class PlainDialect implements Dialect {

    private final List<String> headers;

    private PlainDialect(List<String> headers) {
        this.headers = headers;
    }

    static PlainDialect plain() {
        return new PlainDialect(List.of());
    }

    /** Several messages may come in one frame. */
    static PlainDialect joined() {
        return new PlainDialect(List.of("Sec-WebSocket-Protocol: channelbox.v1"));
    }

    @Override
    public String path(int client, List<String> rooms) {
        return "/chat";
    }

    @Override
    public List<String> headers() {
        return headers;
    }

    @Override
    public Conversation conversation(int client, List<String> rooms) {
        return new Joining(rooms);
    }

    @Override
    public Envelope envelope(Conversation conversation, String room) {
        return Envelope.NONE;
    }

    private static final class Joining implements Conversation {

        private final List<String> joins = new ArrayList<>();
        private final Set<String> unanswered = new HashSet<>();

        private Joining(List<String> rooms) {
            rooms.forEach(room -> joins.add("+" + room));
            unanswered.addAll(joins);
        }

        @Override
        public List<String> opened() {
            return joins;
        }

        @Override
        public List<String> received(String text) {
            unanswered.remove(text);
            return List.of();
        }

        @Override
        public boolean joined() {
            return unanswered.isEmpty();
        }
    }
}

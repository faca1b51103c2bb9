package io.channelbox.benchmarks.load;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Payloads as they are, or each as a JSON string; {@code +room} joins, and is answered with itself. */
final class PlainDialect implements Dialect {

    private static final String SEPARATOR = "\u001e"; // of messages in one frame, which comes in no payload

    private final String path;
    private final List<String> headers;
    private final String quote;

    private PlainDialect(String path, List<String> headers, String quote) {
        this.path = path;
        this.headers = headers;
        this.quote = quote;
    }

    static PlainDialect plain() {
        return new PlainDialect("/chat", List.of(), "");
    }

    /** JSON in the library's own subprotocol, where several messages may come in one frame. */
    static PlainDialect v1() {
        return new PlainDialect("/json", List.of("Sec-WebSocket-Protocol: channelbox.v1"), "\"");
    }

    @Override
    public String path(int client, List<String> rooms) {
        return path;
    }

    @Override
    public List<String> headers() {
        return headers;
    }

    @Override
    public Conversation conversation(int client, List<String> rooms) {
        return new Joining(
                rooms.stream().map(room -> quote + "+" + room + quote).toList());
    }

    @Override
    public Envelope envelope(Conversation conversation, String room) {
        return new Envelope(quote, quote);
    }

    private static final class Joining implements Conversation {

        private final List<String> joins;
        private final Set<String> unanswered;

        private Joining(List<String> joins) {
            this.joins = joins;
            this.unanswered = new HashSet<>(joins);
        }

        @Override
        public List<String> opened() {
            return joins;
        }

        @Override
        public List<String> received(String text) {
            unanswered.removeAll(List.of(text.split(SEPARATOR, -1)));
            return List.of();
        }

        @Override
        public boolean joined() {
            return unanswered.isEmpty();
        }
    }
}

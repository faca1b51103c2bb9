package io.channelbox.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * STOMP 1.2. A subscription is confirmed by nobody: the last one, to a destination of the application, is answered once, after those
 * before it.
 */
final class StompDialect implements Dialect {

    @Override
    public String path(int client, List<String> rooms) {
        return "/chat";
    }

    @Override
    public List<String> headers() {
        return List.of("Sec-WebSocket-Protocol: v12.stomp");
    }

    @Override
    public Conversation conversation(int client, List<String> rooms) {
        return new Subscribing(rooms);
    }

    @Override
    public Envelope envelope(Conversation conversation, String room) {
        return new Envelope("SEND\ndestination:/app/" + room + "\n\n", "\0");
    }

    private static final class Subscribing implements Conversation {

        private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0";

        private final List<String> rooms;
        private boolean joined;

        private Subscribing(List<String> rooms) {
            this.rooms = rooms;
        }

        @Override
        public List<String> opened() {
            return List.of(CONNECT);
        }

        @Override
        public List<String> received(String text) {
            joined |= text.endsWith("\n\njoined\0");
            return text.startsWith("CONNECTED\n") ? subscriptions() : List.of();
        }

        private List<String> subscriptions() {
            var frames = new ArrayList<String>();
            rooms.forEach(room -> frames.add(subscription("sub-" + frames.size(), "/topic/" + room)));
            frames.add(subscription("joined", "/app/joined"));
            return frames;
        }

        private static String subscription(String id, String destination) {
            return "SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\n\n\0";
        }

        @Override
        public boolean joined() {
            return joined;
        }
    }
}

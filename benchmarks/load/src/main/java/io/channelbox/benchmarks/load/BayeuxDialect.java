package io.channelbox.benchmarks.load;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Bayeux over a WebSocket: a handshake, one subscription to all rooms, and a connect that is asked again whenever it is answered. */
final class BayeuxDialect implements Dialect {

    @Override
    public String path(int client, List<String> rooms) {
        return "/cometd";
    }

    @Override
    public Conversation conversation(int client, List<String> rooms) {
        return new Session(rooms);
    }

    @Override
    public Envelope envelope(Conversation conversation, String room) {
        String clientId = ((Session) conversation).clientId;
        return new Envelope("[{\"channel\":\"/%s\",\"clientId\":\"%s\",\"data\":\"".formatted(room, clientId), "\"}]");
    }

    private static final class Session implements Conversation {

        private static final String HANDSHAKE =
                "[{\"channel\":\"/meta/handshake\",\"version\":\"1.0\",\"supportedConnectionTypes\":[\"websocket\"]}]";
        private static final Pattern CLIENT_ID = Pattern.compile("\"clientId\":\"([^\"]+)\"");

        private final List<String> rooms;
        private String clientId = "";
        private boolean joined;

        private Session(List<String> rooms) {
            this.rooms = rooms;
        }

        @Override
        public List<String> opened() {
            return List.of(HANDSHAKE);
        }

        @Override
        public List<String> received(String text) {
            if (answers(text, "handshake")) {
                clientId = clientIdOf(text);
                return List.of(connect(), subscribe());
            }
            joined |= answers(text, "subscribe");
            return answers(text, "connect") ? List.of(connect()) : List.of();
        }

        private static boolean answers(String text, String meta) {
            return text.contains("\"/meta/" + meta + "\"") && text.contains("\"successful\":true");
        }

        private static String clientIdOf(String text) {
            Matcher matcher = CLIENT_ID.matcher(text);
            if (!matcher.find()) {
                throw new IllegalStateException("a handshake's answer without a client: " + text);
            }
            return matcher.group(1);
        }

        private String connect() {
            return "[{\"channel\":\"/meta/connect\",\"connectionType\":\"websocket\",\"clientId\":\"%s\"}]"
                    .formatted(clientId);
        }

        private String subscribe() {
            String channels = rooms.stream().map(room -> "\"/" + room + "\"").collect(Collectors.joining(","));
            return "[{\"channel\":\"/meta/subscribe\",\"clientId\":\"%s\",\"subscription\":[%s]}]"
                    .formatted(clientId, channels);
        }

        @Override
        public boolean joined() {
            return joined;
        }
    }
}

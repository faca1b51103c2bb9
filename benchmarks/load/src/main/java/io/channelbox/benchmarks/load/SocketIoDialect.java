package io.channelbox.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/** Socket.IO 4 over Engine.IO 4: events {@code join}, which are acknowledged, and {@code say}. */
final class SocketIoDialect implements Dialect {

    @Override
    public String path(int client, List<String> rooms) {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public Conversation conversation(int client, List<String> rooms) {
        return new Joining(rooms);
    }

    @Override
    public Envelope envelope(Conversation conversation, String room) {
        return new Envelope(Joining.EVENT + "[\"say\",\"", "\"]");
    }

    private static final class Joining implements Conversation {

        private static final String OPEN = "0";
        private static final String PING = "2";
        private static final String PONG = "3";
        private static final String CONNECT = "40";
        private static final String EVENT = "42";
        private static final String ACKNOWLEDGED = "43";

        private final List<String> rooms;
        private int acknowledged;

        private Joining(List<String> rooms) {
            this.rooms = rooms;
        }

        @Override
        public List<String> opened() {
            return List.of();
        }

        @Override
        public List<String> received(String text) {
            if (text.startsWith(OPEN)) {
                return List.of(CONNECT);
            }
            if (text.startsWith(CONNECT)) {
                return joins();
            }
            acknowledged += text.startsWith(ACKNOWLEDGED) ? 1 : 0;
            return text.equals(PING) ? List.of(PONG) : List.of();
        }

        private List<String> joins() {
            var packets = new ArrayList<String>();
            for (int i = 0; i < rooms.size(); i++) {
                packets.add(EVENT + i + "[\"join\",\"" + rooms.get(i) + "\"]");
            }
            return packets;
        }

        @Override
        public boolean joined() {
            return acknowledged == rooms.size();
        }
    }
}

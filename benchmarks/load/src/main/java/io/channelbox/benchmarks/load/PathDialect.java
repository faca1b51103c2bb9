package io.channelbox.benchmarks.load;

import java.util.List;

/** Payloads as they are. The one room of a connection is in its path; {@code +room} asks whether it is there yet. */
final class PathDialect implements Dialect {

    @Override
    public String path(int client, List<String> rooms) {
        return "/chat/" + rooms.get(0);
    }

    @Override
    public int mostRooms() {
        return 1;
    }

    @Override
    public Conversation conversation(int client, List<String> rooms) {
        return new Asking("+" + rooms.get(0));
    }

    @Override
    public Envelope envelope(Conversation conversation, String room) {
        return new Envelope("", "");
    }

    private static final class Asking implements Conversation {

        private final String question;
        private boolean joined;

        private Asking(String question) {
            this.question = question;
        }

        @Override
        public List<String> opened() {
            return List.of(question);
        }

        @Override
        public List<String> received(String text) {
            joined |= text.equals(question);
            return List.of();
        }

        @Override
        public boolean joined() {
            return joined;
        }
    }
}

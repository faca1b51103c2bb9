package io.channelbox.containers;

import io.channelbox.auth.Handshake;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ChannelConsumer;
import java.security.Principal;
import java.util.List;
import java.util.Map;

/** Whom the clients of the suite talk to. */
final class Consumers {

    private Consumers() {}

    /** Tells the journal of its beginning and end. */
    abstract static class Noted<M> extends ChannelConsumer<M> {

        private final Journal journal;

        Noted(Journal journal) {
            this.journal = journal;
        }

        @Override
        protected void onConnect(Channel me) {
            journal.opened(me);
        }

        @Override
        protected void onDisconnect(Channel me, CloseStatus status) {
            journal.ended(me, status);
        }
    }

    /** Does what it is told, a word and its argument, and echoes everything else. */
    static final class Desk extends Noted<String> {

        private int received;

        Desk(Journal journal) {
            super(journal);
        }

        @Override
        protected void onReceive(Channel me, String message) {
            received++;
            String[] words = message.split(" ", 3);
            switch (words[0]) {
                case "count" -> me.send(Integer.toString(received));
                case "length" -> me.send(Integer.toString(message.length()));
                case "join" -> me.send(join(words[1]).toString());
                case "close" -> me.close();
                case "close-with" -> me.close(new CloseStatus(Integer.parseInt(words[1]), words[2]));
                case "thread" -> me.send(Thread.currentThread().getName());
                case "fail" -> throw new IllegalStateException("secret");
                case "flood" -> flood(me, Integer.parseInt(words[1]));
                case "large" -> me.send("é".repeat(Integer.parseInt(words[1]) / 2));
                default -> me.send("Echo: " + message);
            }
        }

        private static void flood(Channel me, int count) {
            for (int i = 0; i < count; i++) {
                me.send(Integer.toString(i));
            }
        }
    }

    /** Counts numbered messages, once it is told to begin. */
    static final class Clerk extends Noted<String> {

        private final Journal journal;
        private int counted;

        Clerk(Journal journal) {
            super(journal);
            this.journal = journal;
        }

        @Override
        protected void onReceive(Channel me, String message) {
            journal.awaitBegin(me);
            if (message.equals("sum")) {
                me.send("counted " + counted);
            } else if (message.startsWith(counted + " ")) {
                counted++;
            } else {
                throw new IllegalStateException("expected " + counted + ", was " + message);
            }
        }
    }

    /** Says hello before anything else. */
    static final class Greeter extends Noted<String> {

        Greeter(Journal journal) {
            super(journal);
        }

        @Override
        protected void onConnect(Channel me) {
            super.onConnect(me);
            me.send("Welcome");
        }

        @Override
        protected void onReceive(Channel me, String message) {
            me.send("You said " + message);
        }
    }

    /** Returns bytes with a byte in front. */
    static final class Bytes extends Noted<byte[]> {

        Bytes(Journal journal) {
            super(journal);
        }

        @Override
        protected void onReceive(Channel me, byte[] message) {
            byte[] answer = new byte[message.length + 1];
            answer[0] = 42;
            System.arraycopy(message, 0, answer, 1, message.length);
            me.send(answer);
        }
    }

    /** A line of JSON. */
    record Line(String text, int n) {}

    /** What is answered to it. */
    record Reply(Line received) {}

    /** Returns lines, nested in a reply. */
    static final class Json extends Noted<Line> {

        Json(Journal journal) {
            super(journal);
        }

        @Override
        protected void onReceive(Channel me, Line message) {
            me.send(new Reply(message));
        }
    }

    /** What {@link Who} saw. */
    record Seen(
            String path,
            Map<String, String> pathParameters,
            Map<String, List<String>> query,
            List<String> header,
            String cookie,
            String principal,
            Map<String, Object> session,
            String user,
            boolean address) {

        static Seen by(Channel me) {
            Handshake handshake = me.handshake();
            return new Seen(
                    handshake.path(),
                    handshake.pathParameters(),
                    handshake.query(),
                    handshake.headers().getOrDefault("x-test", List.of()),
                    handshake.cookie("flavour").orElse(""),
                    handshake.principal().map(Principal::getName).orElse(""),
                    handshake.session(),
                    me.user().name(),
                    handshake.remoteAddress().isPresent());
        }
    }

    /** Tells what it knows of the handshake: at once, and again for each message. */
    static final class Who extends ChannelConsumer<Object> {

        @Override
        protected void onConnect(Channel me) {
            me.send(Seen.by(me));
        }

        @Override
        protected void onReceive(Channel me, Object message) {
            me.send(Seen.by(me));
        }
    }

    /** Lets nobody in. */
    static final class Refusing extends Noted<String> {

        Refusing(Journal journal) {
            super(journal);
        }

        @Override
        protected void onConnect(Channel me) {
            super.onConnect(me);
            throw new CloseException(new CloseStatus(4003, "not today"));
        }

        @Override
        protected void onReceive(Channel me, String message) {
            me.send("never");
        }
    }

    /** Makes each connection a member of the room in its path. */
    static final class Room extends Noted<String> {

        Room(Journal journal) {
            super(journal);
        }

        @Override
        protected void onConnect(Channel me) {
            join(me.handshake().path("room"));
            super.onConnect(me);
            me.send("joined");
        }

        @Override
        protected void onReceive(Channel me, String message) {
            broadcast(me.handshake().path("room"), message);
        }
    }
}

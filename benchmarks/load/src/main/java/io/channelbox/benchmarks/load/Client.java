package io.channelbox.benchmarks.load;

import io.channelbox.benchmarks.load.Dialect.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** One member of its rooms. */
final class Client implements Connection.Listener {

    /** Who is told what happens to a client. */
    interface Observer {

        void onJoined();

        /** A frame with deliveries begins. */
        void onFrame();

        /** A payload begins there. */
        void onDelivery(Client client, byte[] bytes, int payload);

        void onGone();
    }

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Dialect dialect;
    private final Conversation conversation;
    private final int index;
    private final Room[] rooms;
    private final Checklist checklist;
    private final int payloadSize;
    private final Observer observer;
    private Connection connection;
    private boolean joined;
    private boolean awaited;
    private boolean gone;
    private OptionalInt closeCode = OptionalInt.empty();

    @SuppressWarnings("NullAway.Init")
    Client(Dialect dialect, int index, Room[] rooms, int senders, int payloadSize, Observer observer) {
        this.dialect = dialect;
        this.conversation = dialect.conversation(index, names(rooms));
        this.index = index;
        this.rooms = rooms.clone();
        this.checklist = new Checklist(
                IntStream.range(0, rooms.length).map(i -> rooms[i].id()).toArray(), senders);
        this.payloadSize = payloadSize;
        this.observer = observer;
    }

    private static List<String> names(Room[] rooms) {
        return Arrays.stream(rooms).map(Room::name).toList();
    }

    void connect(Selector selector, int port, int receiveBuffer) throws IOException {
        connection = Connection.open(selector, port, request(port), receiveBuffer, this);
    }

    private byte[] request(int port) {
        var head = new StringBuilder("GET ")
                .append(dialect.path(index, names(rooms)))
                .append(" HTTP/1.1\r\nHost: localhost:")
                .append(port)
                .append(
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ")
                .append(KEY)
                .append("\r\n");
        dialect.headers().forEach(header -> head.append(header).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isIn(Room room) {
        return Arrays.asList(rooms).contains(room);
    }

    Checklist checklist() {
        return checklist;
    }

    Envelope envelope(String room) {
        return dialect.envelope(conversation, room);
    }

    void send(ByteBuffer frame) {
        connection.send(frame);
    }

    /** Reads no more. From now on nobody waits for it. */
    void stopReading() {
        connection.stopReading();
        awaitNoMore();
    }

    /** Whether a message has arrived only when it has arrived here. */
    boolean awaited() {
        return awaited;
    }

    private void awaitNoMore() {
        if (awaited) {
            awaited = false;
            Arrays.stream(rooms).forEach(Room::removeReader);
        }
    }

    void readAgain() {
        connection.readAgain();
    }

    /** Whether the server has hung up. */
    boolean gone() {
        return gone;
    }

    /** The code that the server closed with, if it has. */
    OptionalInt closeCode() {
        return closeCode;
    }

    /** Says goodbye and hangs up, if it ever came. */
    void leave() {
        if (connection != null) {
            connection.send(ByteBuffer.wrap(Frames.frame(Frames.CLOSE, new byte[] {0x03, (byte) 0xe8})));
            connection.close();
        }
    }

    @Override
    public void onOpen() {
        sayAll(conversation.opened());
        noteJoined();
    }

    @Override
    public void onText(byte[] bytes, int from, int to) {
        int payload = Payload.find(bytes, from, to);
        if (payload < 0) {
            sayAll(conversation.received(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
            noteJoined();
        }
        if (payload >= 0) {
            observer.onFrame();
        }
        while (payload >= 0) {
            observer.onDelivery(this, bytes, payload);
            payload = Payload.find(bytes, payload + payloadSize, to);
        }
    }

    private void sayAll(List<String> texts) {
        for (String text : texts) {
            connection.send(ByteBuffer.wrap(Frames.text(text)));
        }
    }

    private void noteJoined() {
        if (!joined && conversation.joined()) {
            joined = true;
            awaited = true;
            Arrays.stream(rooms).forEach(Room::addReader);
            observer.onJoined();
        }
    }

    @Override
    public void onPing(byte[] bytes, int from, int to) {
        connection.send(ByteBuffer.wrap(Frames.frame(Frames.PONG, Arrays.copyOfRange(bytes, from, to))));
    }

    @Override
    public void onClose(int code) {
        closeCode = OptionalInt.of(code);
    }

    @Override
    public void onGone() {
        gone = true;
        awaitNoMore();
        observer.onGone();
    }
}

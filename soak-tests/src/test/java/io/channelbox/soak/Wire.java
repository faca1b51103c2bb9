package io.channelbox.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A WebSocket of a client, which reads as much as it is told to. Used on the loop only. */
final class Wire {

    /** Who hears what comes. */
    interface Peer {

        void opened();

        void heard(String text);

        /** The connection is over; with 1006 when no close came. Not told who has reset it. */
        void ended(int code);
    }

    static final int ABNORMAL = 1006;

    private static final int SMALL = 4 << 10; // so that who reads little is soon noticed
    private static final int MOST_WAITING = 64 << 10;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final byte[] NO_MASK = new byte[4]; // a mask that changes nothing is one
    private static final byte[] NORMAL = {(byte) (1000 >> 8), (byte) 1000};

    private static final String SEPARATOR = "\u001e"; // of the messages in one frame
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Loop loop;
    private final Peer peer;
    private final SocketChannel socket;
    private final SelectionKey key;
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);
    private final int bytesAtOnce;
    private ByteBuffer in = ByteBuffer.allocate(1 << 10);
    private ByteBuffer out;
    private boolean open;
    private boolean closing;
    private boolean deaf;
    private boolean over;

    private Wire(Loop loop, int port, Visitor visitor, int bytesAtOnce, Peer peer) throws IOException {
        this.loop = loop;
        this.peer = peer;
        this.bytesAtOnce = bytesAtOnce;
        this.out = ByteBuffer.wrap(visitor.handshake(port)).compact();
        this.socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (bytesAtOnce < Integer.MAX_VALUE) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        this.key = socket.register(loop.selector(), SelectionKey.OP_CONNECT, this);
    }

    /** Connects, to read so many bytes at once, ten times a second; as fast as can be when that is the largest number there is. */
    static Wire connect(Loop loop, int port, Visitor visitor, int bytesAtOnce, Peer peer) throws IOException {
        return new Wire(loop, port, visitor, bytesAtOnce, peer);
    }

    /** Who connects, and whether it takes several messages in one frame. */
    record Visitor(String user, boolean joins) {

        byte[] handshake(int port) {
            String protocol = joins ? "Sec-WebSocket-Protocol: channelbox.v1\n" : "";
            return """
                    GET /ws/topics?user=%s HTTP/1.1
                    Host: 127.0.0.1:%d
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    %s
                    """.formatted(user, port, protocol).replace("\n", "\r\n").getBytes(ISO_8859_1);
        }
    }

    void ready() {
        try {
            if (key.isConnectable() && socket.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                flush();
            }
            if (key.isReadable()) {
                read();
            }
            if (!over && key.isWritable()) {
                flush();
            }
        } catch (IOException | CancelledKeyException e) {
            end(ABNORMAL);
        }
    }

    private void read() throws IOException {
        if (!in.hasRemaining()) {
            in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
        }
        in.limit((int) Math.min(in.capacity(), (long) in.position() + bytesAtOnce));
        int bytes = socket.read(in);
        in.flip();
        takeAll();
        in.compact();
        if (bytes == -1) {
            end(ABNORMAL);
        } else if (bytesAtOnce < Integer.MAX_VALUE && !over) {
            key.interestOpsAnd(~SelectionKey.OP_READ);
            loop.later(PAUSE, this::readOn);
        }
    }

    private void readOn() {
        if (!over && !deaf) {
            key.interestOpsOr(SelectionKey.OP_READ);
        }
    }

    private void takeAll() {
        if (!open) {
            takeAnswer();
        }
        boolean more = open;
        while (more && !over) {
            more = takeFrame();
        }
    }

    private void takeAnswer() {
        String answer = ISO_8859_1.decode(in.duplicate()).toString();
        int end = answer.indexOf("\r\n\r\n");
        if (end == -1) {
            return;
        }
        in.position(in.position() + end + 4);
        if (answer.startsWith("HTTP/1.1 101 ")) {
            open = true;
            peer.opened();
        } else {
            end(Integer.parseInt(answer.substring(9, 12)));
        }
    }

    private boolean takeFrame() {
        int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        int first = in.get();
        int size = in.get();
        int more = size < 126 ? 0 : size == 126 ? 2 : 8;
        if (in.remaining() < more) {
            in.position(start);
            return false;
        }
        size = more == 0 ? size : more == 2 ? in.getShort() & 0xffff : Math.toIntExact(in.getLong());
        if (in.remaining() < size) {
            in.position(start);
            return false;
        }
        var payload = new byte[size];
        in.get(payload);
        take((first & 0x80) != 0, first & 0xf, payload);
        return true;
    }

    private void take(boolean last, int opcode, byte[] payload) {
        switch (opcode) {
            case CLOSE -> takeClose(payload);
            case PING -> frame(PONG, payload);
            case PONG -> {}
            default -> {
                fragments.writeBytes(payload);
                if (last) {
                    String text = fragments.toString(UTF_8);
                    fragments.reset();
                    for (String message : text.split(SEPARATOR, -1)) {
                        peer.heard(message);
                    }
                }
            }
        }
    }

    private void takeClose(byte[] payload) {
        if (!closing) {
            closing = true;
            frame(CLOSE, NORMAL);
        }
        end(payload.length < 2 ? ABNORMAL : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
    }

    void send(String text) {
        frame(TEXT, text.getBytes(UTF_8));
    }

    private void frame(int opcode, byte[] payload) {
        if (over || out.position() > MOST_WAITING) {
            return;
        }
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.put(NO_MASK).put(payload).flip();
        if (out.remaining() < frame.remaining()) {
            out = ByteBuffer.allocate(2 * (out.position() + frame.remaining())).put(out.flip());
        }
        out.put(frame);
        try {
            flush();
        } catch (IOException | CancelledKeyException e) {
            loop.later(0, () -> end(ABNORMAL)); // not while somebody talks
        }
    }

    private void flush() throws IOException {
        out.flip();
        socket.write(out);
        out.compact();
        if (out.position() == 0) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        } else {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    /** Reads nothing any more, not even whether the peer is still there. */
    void goDeaf() {
        deaf = true;
        key.interestOpsAnd(~SelectionKey.OP_READ);
    }

    boolean isOver() {
        return over;
    }

    /** Says goodbye; the peer's answer ends it. */
    void close() {
        if (!closing) {
            closing = true;
            frame(CLOSE, NORMAL);
        }
    }

    /** Is gone without a word. */
    void reset() {
        over = true;
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    private void end(int code) {
        if (over) {
            return;
        }
        over = true;
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
        peer.ended(code);
    }
}

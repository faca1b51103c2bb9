package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The socket of one client: an upgrade, then frames both ways. Touched by the generator's thread alone. */
final class Connection {

    /** What is told of a connection. */
    interface Listener extends FrameParser.Listener {

        void onOpen();

        /** The connection is gone without having been closed from here. */
        void onGone();
    }

    private static final byte[] NOTHING = {};
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String SWITCHING = "HTTP/1.1 101";

    private final SocketChannel socket;
    private final SelectionKey key;
    private final byte[] request;
    private final Listener listener;
    private final FrameParser parser;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>(0);
    private byte[] carried = NOTHING;
    private int carriedBytes;
    private boolean upgraded;

    private Connection(SocketChannel socket, SelectionKey key, byte[] request, Listener listener) {
        this.socket = socket;
        this.key = key;
        this.request = request;
        this.listener = listener;
        this.parser = new FrameParser(listener);
    }

    /** Starts to connect. A receive buffer of 0 is what the system gives. */
    static Connection open(Selector selector, int port, byte[] request, int receiveBuffer, Listener listener)
            throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (receiveBuffer > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        SelectionKey key = socket.register(selector, SelectionKey.OP_CONNECT);
        var connection = new Connection(socket, key, request, listener);
        key.attach(connection);
        if (socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            connection.onConnected();
        }
        return connection;
    }

    /** Does what the socket is ready for. */
    void onReady(ReadBuffer buffer, Counters counters) {
        try {
            if (key.isConnectable() && socket.finishConnect()) {
                onConnected();
            }
            if (key.isValid() && key.isWritable()) {
                write();
            }
            if (key.isValid() && key.isReadable()) {
                read(buffer, counters);
            }
        } catch (IOException gone) {
            onEnd();
        }
    }

    private void onConnected() {
        key.interestOps(SelectionKey.OP_READ);
        send(ByteBuffer.wrap(request));
    }

    private void read(ReadBuffer buffer, Counters counters) throws IOException {
        int end = buffer.read(socket, carried, carriedBytes);
        counters.receives++;
        if (end < 0) {
            onEnd();
            return;
        }
        int start = upgraded ? 0 : upgrade(buffer.bytes(), end);
        int rest = upgraded ? parser.parse(buffer.bytes(), start, end) : 0;
        carry(buffer.bytes(), rest, end);
    }

    private int upgrade(byte[] bytes, int end) throws IOException {
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        int headEnd = head.indexOf(END_OF_HEAD);
        if (headEnd < 0) {
            return 0;
        }
        if (!head.startsWith(SWITCHING)) {
            throw new IOException("not upgraded: " + head.substring(0, headEnd));
        }
        upgraded = true;
        listener.onOpen();
        return headEnd + END_OF_HEAD.length();
    }

    private void carry(byte[] bytes, int from, int to) {
        carriedBytes = to - from;
        if (carried.length < carriedBytes) {
            carried = Arrays.copyOf(carried, carriedBytes);
        }
        System.arraycopy(bytes, from, carried, 0, carriedBytes);
    }

    /** Sends now, or as soon as the socket takes it. The buffer may be used again at once. */
    void send(ByteBuffer frame) {
        try {
            if (unsent.isEmpty()) {
                socket.write(frame);
            }
            if (frame.hasRemaining()) {
                unsent.add(ByteBuffer.allocate(frame.remaining()).put(frame).flip());
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        } catch (IOException gone) {
            onEnd();
        }
    }

    private void write() throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer first = unsent.element();
            socket.write(first);
            if (first.hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    void stopReading() {
        key.interestOpsAnd(~SelectionKey.OP_READ);
    }

    void readAgain() {
        if (key.isValid()) {
            key.interestOpsOr(SelectionKey.OP_READ);
        }
    }

    private void onEnd() {
        if (socket.isOpen()) {
            close();
            listener.onGone();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // It was to be closed.
        }
    }
}

package io.channelbox.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.channel.CloseStatus;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A peer with manners of its own: it reads only when asked to, answers no ping, and writes any bytes. */
public final class RawClient implements AutoCloseable {

    /** Operation codes of frames. */
    public static final int CONTINUATION = 0;

    /** A text. */
    public static final int TEXT = 1;

    /** Bytes. */
    public static final int BINARY = 2;

    /** A close. */
    public static final int CLOSE = 8;

    /** A ping. */
    public static final int PING = 9;

    /** A pong. */
    public static final int PONG = 10;

    /** Added to the operation code of a message that is compressed. */
    public static final int COMPRESSED = 0x40;

    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(URI uri) throws IOException {
        socket.setReceiveBufferSize(4096); // small, so that who stops reading is soon noticed
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Client.SECONDS * 1000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
        out = socket.getOutputStream();
    }

    /** What the server answered to the handshake. */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** Returns a header, or an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A frame as it came. */
    public record RawFrame(boolean last, boolean compressed, int opcode, BinaryFrame content) {

        /** Returns the bytes of the payload. */
        public byte[] payload() {
            return content.bytes();
        }

        /** Returns the status of a close frame. */
        public CloseStatus closeStatus() {
            byte[] payload = payload();
            return payload.length < 2
                    ? CloseStatus.NO_STATUS
                    : new CloseStatus(
                            ByteBuffer.wrap(payload).getShort() & 0xFFFF,
                            new String(payload, 2, payload.length - 2, UTF_8));
        }
    }

    /** Connects. */
    public static RawClient connect(URI uri, String... headers) throws IOException {
        var client = new RawClient(uri);
        Answer answer = client.shakeHands(uri, List.of(headers));
        if (answer.status() != 101) {
            client.close();
            throw new IOException("Refused with " + answer.status() + " " + answer.body());
        }
        return client;
    }

    /** Asks for a connection, for the sake of the answer. */
    public static Answer ask(URI uri, String... headers) throws IOException {
        try (var client = new RawClient(uri)) {
            return client.shakeHands(uri, List.of(headers));
        }
    }

    /** Asks for a page. */
    public static Answer get(URI uri) throws IOException {
        try (var client = new RawClient(uri)) {
            return client.request("GET " + pathOf(uri) + " HTTP/1.1\r\nHost: localhost:" + uri.getPort() + "\r\n\r\n");
        }
    }

    /** Asks for a connection at a path and query as they are, which need not be those of any URI. */
    public static Answer askRaw(URI server, String target) throws IOException {
        try (var client = new RawClient(server)) {
            return client.shakeHands(server, target, List.of());
        }
    }

    private Answer shakeHands(URI uri, List<String> headers) throws IOException {
        return shakeHands(uri, pathOf(uri), headers);
    }

    private Answer shakeHands(URI uri, String target, List<String> headers) throws IOException {
        var request = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: localhost:").append(uri.getPort()).append("\r\n");
        }
        for (String line : List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")) {
            request.append(line).append("\r\n");
        }
        headers.forEach(header -> request.append(header).append("\r\n"));
        return request(request + "\r\n");
    }

    private Answer request(String request) throws IOException {
        out.write(request.getBytes(ISO_8859_1));
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            answered.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Answer(status, answered, status == 101 ? "" : body(answered));
    }

    private static String pathOf(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private String body(Map<String, String> headers) throws IOException {
        var body = new ByteArrayOutputStream();
        if (headers.containsKey("Content-Length")) {
            body.writeBytes(in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0"))));
        } else if (headers.containsKey("Transfer-Encoding")) {
            for (int size = chunk(); size > 0; size = chunk()) {
                body.writeBytes(in.readNBytes(size));
                line();
            }
        }
        return body.toString(UTF_8);
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.readByte(); next != '\n'; next = in.readByte()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }

    /** Sends a text. */
    public void send(String text) throws IOException {
        send(true, TEXT, text.getBytes(UTF_8));
    }

    /** Sends a frame. */
    public void send(boolean last, int opcode, byte[] payload) throws IOException {
        begin(last, opcode, payload.length);
        continueWith(payload);
    }

    /** Sends a frame that is not the last of its message, and tells whether the server still took it. */
    public boolean sendUnlessDropped(int opcode, byte[] payload) throws IOException {
        try {
            send(false, opcode, payload);
            return true;
        } catch (SocketException dropped) {
            return false;
        }
    }

    /** Sends the beginning of a frame, which promises so many bytes. */
    public void begin(boolean last, int opcode, long length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(14);
        head.put((byte) ((last ? 0x80 : 0) | opcode));
        if (length < 126) {
            head.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            head.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            head.put((byte) (0x80 | 127)).putLong(length);
        }
        head.put(MASK);
        write(head.array(), head.position());
    }

    /** Sends bytes of the frame that was begun; each call must continue at a multiple of four. */
    public void continueWith(byte[] payload) throws IOException {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % 4];
        }
        write(masked, masked.length);
    }

    /** Sends any bytes. */
    public void write(byte[] bytes) throws IOException {
        write(bytes, bytes.length);
    }

    private void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
    }

    /** Waits for the next frame. */
    public RawFrame next() throws IOException {
        int head = in.readUnsignedByte();
        int size = in.readUnsignedByte();
        long length = size == 126 ? in.readUnsignedShort() : size == 127 ? in.readLong() : size;
        var payload = new byte[(int) length];
        in.readFully(payload);
        return new RawFrame((head & 0x80) != 0, (head & COMPRESSED) != 0, head & 0x0F, Frame.binary(payload));
    }

    /** Waits for the next frame, which must be a whole text. */
    public String text() throws IOException {
        RawFrame frame = next();
        if (frame.opcode() != TEXT || !frame.last()) {
            throw new AssertionError("no whole text: " + frame);
        }
        return new String(frame.payload(), UTF_8);
    }

    /** Waits for a close frame, whatever comes before it. */
    public RawFrame closeFrame() throws IOException {
        RawFrame frame = next();
        while (frame.opcode() != CLOSE) {
            frame = next();
        }
        return frame;
    }

    /** Counts the whole frames that come before a close frame or the end. */
    public int framesUntilClosed() throws IOException {
        int count = 0;
        try {
            while (next().opcode() != CLOSE) {
                count++;
            }
        } catch (EOFException | SocketException dropped) {
            return count;
        }
        return count;
    }

    /** Answers a close frame, if the server still waits for that, and returns how many bytes came after it. */
    public long answer(RawFrame close) throws IOException {
        try {
            send(true, CLOSE, close.payload());
        } catch (SocketException alreadyGone) {
            return 0;
        }
        return untilEnd();
    }

    /** Reads until the server has let go of the connection, and returns how many bytes still came. */
    public long untilEnd() throws IOException {
        var buffer = new byte[65_536];
        long count = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
            }
        } catch (EOFException | SocketException reset) {
            return count;
        }
        return count;
    }

    /** Lets go of the connection with a reset, as a process does that is killed. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

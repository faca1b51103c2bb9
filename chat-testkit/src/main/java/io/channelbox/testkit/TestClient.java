package io.channelbox.testkit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.auth.AuthResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.JsonCodec;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A browser without a network. What it sends has been handled, and what it is sent has arrived, when its methods return. A
 * method that finds something else than was asked for throws an {@link AssertionError} that says what it found, and takes
 * nothing away.
 */
public final class TestClient {

    private static final String CONSUMER_FAILED =
            ": its consumer failed, and the log says why, if SLF4J has a provider";
    private static final JsonCodec<Object> JSON = JsonCodec.of(Object.class);
    private static final JsonCodec<JsonNode> TREE = JsonCodec.of(JsonNode.class);
    private static final ClassValue<JsonCodec<?>> RECORDS = new ClassValue<>() {
        @Override
        protected JsonCodec<?> computeValue(Class<?> type) {
            var mapper = new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
            return JsonCodec.of(type, "json", mapper);
        }
    };

    private final TestChat chat;
    private final TestConnection connection;
    private @Nullable ConsumerSession session;
    private AuthResult.@Nullable Rejected refusal;

    TestClient(TestChat chat) {
        this.chat = chat;
        this.connection = new TestConnection(
                status -> ifOpened(opened -> opened.closed(status)), () -> ifOpened(ConsumerSession::heard));
    }

    /** Sends an object as JSON. A {@code String} is sent as it is: it is JSON, or text. */
    public void send(Object message) {
        if (message instanceof Frame frame) {
            sendFrame(frame);
        } else if (message instanceof String text) {
            sendFrame(Frame.text(text));
        } else {
            sendFrame(JSON.encode(message));
        }
    }

    /** Sends a binary frame. */
    public void sendBinary(byte[] bytes) {
        sendFrame(Frame.binary(bytes));
    }

    private void sendFrame(Frame frame) {
        if (isClosed() || connection.hasVanished()) {
            throw new AssertionError("cannot send: " + state());
        }
        session().receive(frame);
        chat.settle();
    }

    /** Takes the next frame, which must be text. */
    public String receive() {
        Frame next = next("a text frame");
        if (next instanceof TextFrame text) {
            connection.take();
            return text.text();
        }
        throw new AssertionError("expected a text frame, but got " + describe(next));
    }

    /** Takes the next frame, which must be JSON that has every field of this record; it may have more. */
    public <T> T receive(Class<T> type) {
        Frame next = next("a " + type.getSimpleName());
        try {
            T value = type.cast(RECORDS.get(type).decode(next));
            connection.take();
            return value;
        } catch (PeerException e) {
            throw new AssertionError("expected a " + type.getSimpleName() + ", but got " + describe(next), e);
        }
    }

    /** Takes the next frame, which must be JSON. */
    public JsonNode receiveJson() {
        JsonNode tree = tree(next("JSON"));
        connection.take();
        return tree;
    }

    /** Takes the next frame, which must be binary. */
    public byte[] receiveBinary() {
        Frame next = next("a binary frame");
        if (next instanceof BinaryFrame binary) {
            connection.take();
            return binary.bytes();
        }
        throw new AssertionError("expected a binary frame, but got " + describe(next));
    }

    /** Takes all frames that have arrived, as text. */
    public List<String> receiveAll() {
        chat.settle();
        List<String> all = new ArrayList<>();
        while (connection.peek().isPresent()) {
            all.add(receive());
        }
        return all;
    }

    /** Throws away what has arrived: the start of a test often is not what it is about. */
    public TestClient skipAll() {
        chat.settle();
        while (connection.take().isPresent()) {
            // gone
        }
        return this;
    }

    /** Checks that nothing has arrived that was not taken. */
    public void assertNothingMore() {
        chat.settle();
        List<Frame> more = connection.arrived();
        if (!more.isEmpty()) {
            throw new AssertionError("expected nothing more, but got "
                    + more.stream().map(TestClient::describe).toList());
        }
    }

    /** Checks that the connection is closed with this code, by whichever side. */
    public void assertClosed(int code) {
        chat.settle();
        int found = connection.closeStatus().map(CloseStatus::code).orElse(0);
        if (found != code) {
            throw new AssertionError("expected a close with " + code + ", but " + state());
        }
    }

    /** Closes the connection normally. */
    public void close() {
        close(1000);
    }

    /** Closes the connection with a code. */
    public void close(int code) {
        connection.closeByPeer(new CloseStatus(code, ""));
        chat.settle();
    }

    /** Breaks the connection: the server is told 1006. */
    public void breakOff() {
        connection.closeByPeer(CloseStatus.ABNORMAL);
        chat.settle();
    }

    /** Stops reading: what is sent stays on the way. */
    public void stopReading() {
        connection.stopReading();
    }

    /** Reads again, beginning with what is on the way. */
    public void readAgain() {
        connection.readAgain();
        chat.settle();
    }

    /** From now on, every send to this client fails. */
    public void failSends() {
        connection.failSends();
    }

    /** Vanishes without a word, as a phone in a tunnel: the connection is half open. */
    public void vanish() {
        connection.vanish();
    }

    /** Tells whether the connection was refused, closed, or broken. */
    public boolean isClosed() {
        chat.settle();
        return refusal != null || connection.closeStatus().isPresent();
    }

    /** Returns what the connection was closed with, by whichever side. */
    public Optional<CloseStatus> closeStatus() {
        chat.settle();
        return connection.closeStatus();
    }

    /**
     * Returns why the connection was refused; empty when it was not. Where the options tell peers of their authentication, it was
     * opened all the same, and what the peer was told can be received.
     */
    public Optional<AuthResult.Rejected> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Returns the server's side of this client. */
    public Channel channel() {
        return session().channel();
    }

    /** Returns the number of pings the client got. */
    public int pings() {
        chat.settle();
        return connection.pings();
    }

    TestConnection connection() {
        return connection;
    }

    void accept(ConsumerSession accepted) {
        session = accepted;
    }

    void refuse(AuthResult.Rejected reason) {
        refusal = reason;
    }

    /** The end of the test: whatever was taken away, the server learns that this client is gone. */
    void abandon() {
        session().closed(CloseStatus.GOING_AWAY);
    }

    /** Who is refused may still be told why, and then closed. */
    private void ifOpened(Consumer<ConsumerSession> told) {
        Optional.ofNullable(session).ifPresent(told);
    }

    private ConsumerSession session() {
        if (session == null) {
            throw new AssertionError("this client is not connected: " + state());
        }
        return session;
    }

    private Frame next(String wanted) {
        chat.settle();
        return connection
                .peek()
                .orElseThrow(() -> new AssertionError("expected " + wanted + ", but nothing came; " + state()));
    }

    private static JsonNode tree(Frame frame) {
        try {
            return TREE.decode(frame);
        } catch (RuntimeException notJson) {
            throw new AssertionError("expected JSON, but got " + describe(frame), notJson);
        }
    }

    private String state() {
        if (refusal != null) {
            return "the connection was refused: " + refusal.reason() + " " + refusal.text();
        }
        if (connection.hasVanished()) {
            return "this client has vanished";
        }
        return connection
                .closeStatus()
                .map(status -> "the connection is closed with " + status
                        + (status.code() == CloseStatus.SERVER_ERROR.code() ? CONSUMER_FAILED : ""))
                .orElse("the connection is open");
    }

    private static String describe(Frame frame) {
        return frame instanceof TextFrame text ? "text: " + text.text() : frame.toString();
    }
}

package io.channelbox.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Subprotocols;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.MessageTypes;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.consumer.Subscribe;
import io.channelbox.consumer.TopicError;
import io.channelbox.message.Frame;
import io.channelbox.message.StreamPosition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A browser without a network. What it sends has been handled, and what it is sent has arrived, when its methods return. It
 * speaks as its consumer's codec does. A method that finds something else than was asked for throws an {@link AssertionError}
 * that says what it found, and takes nothing away; when the consumer has failed, what it threw is the cause.
 */
public final class TestClient {

    private final TestChat chat;
    private final Codec<?> codec;
    private final TestConnection connection;
    private final Arrivals arrivals = new Arrivals(this, frame -> true, "");
    private final Set<String> ignored = new HashSet<>();
    private Optional<String> subprotocol = Optional.empty();
    private @Nullable ConsumerSession session;
    private AuthResult.@Nullable Rejected refusal;
    private @Nullable Throwable seenFailure;
    private int refs;

    TestClient(TestChat chat, Codec<?> codec) {
        this.chat = chat;
        this.codec = codec;
        this.connection = new TestConnection(
                status -> ifOpened(opened -> opened.closed(status)), () -> ifOpened(ConsumerSession::heard));
    }

    /** Sends a message as the consumer reads it: in its style, with its type. A {@code String} is sent as it is. */
    public void send(Object message) {
        sendFrame(dialect().write(message));
    }

    /** Sends a message that asks to be answered by this ref. */
    public void send(Object message, String ref) {
        sendFrame(dialect().write(message, Envelope.NONE.ref(ref)));
    }

    /** Sends a message with a ref of its own and takes the answer, whatever else came before it. */
    public <T> T ask(Object message, Class<T> answer) {
        String ref = newRef();
        send(message, ref);
        return arrivals.takeAnswer(ref, answer);
    }

    /** Sends a binary frame. */
    public void sendBinary(byte[] bytes) {
        sendFrame(Frame.binary(bytes));
    }

    void sendFrame(Frame frame) {
        chat.requireRunning();
        if (isClosed() || connection.hasVanished()) {
            throw failing("cannot send");
        }
        session().receive(frame);
        chat.settle();
    }

    /** Subscribes to a topic, and takes the confirmation. */
    public TestTopic subscribe(String topic) {
        return new TestTopic(this, topic).begin(new Subscribe(Optional.empty(), Optional.of(0)));
    }

    /** Comes back to a topic from where a client was, see {@link TestTopic#position()}, and takes the confirmation. */
    public TestTopic subscribe(String topic, StreamPosition since) {
        return new TestTopic(this, topic).begin(new Subscribe(Optional.of(since), Optional.empty()));
    }

    /** Subscribes to a topic from so many of its newest messages on, and takes the confirmation. */
    public TestTopic subscribe(String topic, int last) {
        return new TestTopic(this, topic).begin(new Subscribe(Optional.empty(), Optional.of(last)));
    }

    /** Checks that this client may not subscribe to a topic, and is told this reason. */
    public void assertCannotSubscribe(String topic, String reason) {
        String told = new TestTopic(this, topic)
                .command("subscribe", TopicError.class)
                .reason();
        if (!told.equals(reason)) {
            throw new AssertionError("expected that " + topic + " is refused as " + reason + ", but it was as " + told);
        }
    }

    /** Returns what comes in a topic, for a client that is subscribed by other ways. */
    public TestTopic topic(String topic) {
        return new TestTopic(this, topic);
    }

    /** Takes the next frame, which must be text. */
    public String receive() {
        return arrivals.take("a text frame", Arrivals::text);
    }

    /**
     * Takes the next frame, which must be a message of this type: it says so, if it is one that says its type, and has every field; it may
     * have more.
     */
    public <T> T receive(Class<T> type) {
        return arrivals.take(type);
    }

    /** Takes the next frame, which must be a message of this type, and what surrounds it. */
    public <T> Received<T> receiveEnveloped(Class<T> type) {
        return arrivals.takeEnveloped(type);
    }

    /** Takes the next frame, which must be JSON. */
    public JsonNode receiveJson() {
        return arrivals.take("JSON", Dialect::readTree);
    }

    /** Takes the next frame, which must be binary. */
    public byte[] receiveBinary() {
        return arrivals.take("a binary frame", Arrivals::bytes);
    }

    /** Takes all frames that have arrived, as text. Nothing is on its way any more: no time needs to pass. */
    public List<String> receiveAll() {
        return arrivals.takeAll("text frames", Arrivals::text);
    }

    /** Takes all frames that have arrived, which must be messages of this type; most often a sealed interface. */
    public <T> List<T> receiveAll(Class<T> type) {
        return arrivals.takeAll(type);
    }

    /** Takes the messages up to the first for which this holds, such as the end of an answer that comes in parts. */
    public <T> List<T> receiveUntil(Class<T> type, Predicate<? super T> isLast) {
        return arrivals.takeUntil(type, isLast);
    }

    /** Throws away what has arrived: the start of a test often is not what it is about. */
    public TestClient skipAll() {
        chat.settle();
        connection.drop(frame -> true);
        return this;
    }

    /**
     * From now on, throws away messages of these types unread, such as heartbeats, {@link io.channelbox.consumer.Complete} and
     * {@link io.channelbox.consumer.GroupComplete}.
     */
    public TestClient ignoring(Class<?>... types) {
        ignored.addAll(MessageTypes.of(types).byName().keySet());
        return this;
    }

    /** Checks that nothing has arrived that was not taken, and nothing is on its way. */
    public void assertSilent() {
        arrivals.assertNone();
    }

    /** Checks that the connection was let in and is open. */
    public TestClient assertAuthenticated() {
        if (isClosed()) {
            throw failing("expected to be let in");
        }
        return this;
    }

    /** Checks that the connection was refused in the handshake with this HTTP status. */
    public void assertRefused(int httpStatus) {
        if (refusal == null || refusal.reason().httpStatus() != httpStatus) {
            throw failing("expected to be refused with " + httpStatus);
        }
    }

    /** Checks that the connection is closed with this code, by whichever side. */
    public void assertClosed(int code) {
        chat.settle();
        int found = connection.closeStatus().map(CloseStatus::code).orElse(0);
        if (found != code) {
            throw failing("expected a close with " + code);
        }
        if (code == CloseStatus.SERVER_ERROR.code()) {
            seenFailure = unseenFailure().orElse(seenFailure);
        }
    }

    /** Checks that the consumer failed with such an exception, and returns it. */
    public <T extends Throwable> T assertFailed(Class<T> type) {
        chat.settle();
        Optional<Throwable> failure = failure();
        if (failure.filter(type::isInstance).isEmpty()) {
            throw failing("expected that the consumer fails with " + type.getName());
        }
        seenFailure = failure.get();
        return type.cast(failure.get());
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

    /** Returns the subprotocol that was agreed on. */
    public Optional<String> subprotocol() {
        return subprotocol;
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

    Dialect dialect() {
        return new Dialect(session == null ? codec : channel().codec());
    }

    String newRef() {
        return "ref-" + ++refs;
    }

    /** Returns what has arrived and is not ignored, oldest first. */
    List<Frame> arrived() {
        chat.settle();
        if (!ignored.isEmpty()) {
            connection.drop(
                    frame -> dialect().typeOf(frame).filter(ignored::contains).isPresent());
        }
        return connection.arrived();
    }

    void agreeOn(String chosen) {
        subprotocol = Optional.of(chosen);
        if (chosen.equals(Subprotocols.CHANNELBOX_V1)) {
            connection.splitMessages();
        }
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

    /** Returns an error that says how the connection is, with what the consumer threw. */
    AssertionError failing(String text) {
        Optional<Throwable> failure = failure();
        failure.ifPresent(thrown -> seenFailure = thrown);
        return new AssertionError(text + "; " + state(), failure.orElse(null));
    }

    /** Returns an error with what the consumer threw, or else with this cause. */
    AssertionError because(String text, Throwable cause) {
        Optional<Throwable> failure = unseenFailure();
        failure.ifPresent(thrown -> seenFailure = thrown);
        return new AssertionError(text, failure.orElse(cause));
    }

    /** Throws when the consumer has failed and the test has not looked at it. */
    void refuseUnseenFailure(String text) {
        if (unseenFailure().isPresent()) {
            throw failing(text);
        }
    }

    private Optional<Throwable> unseenFailure() {
        return failure().filter(thrown -> thrown != seenFailure);
    }

    private Optional<Throwable> failure() {
        return session == null ? Optional.empty() : session.failure();
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

    private String state() {
        if (refusal != null) {
            return "the connection was refused: " + refusal.reason() + " " + refusal.text();
        }
        if (connection.hasVanished()) {
            return "this client has vanished";
        }
        return connection
                        .closeStatus()
                        .map(status -> "the connection is closed with " + status)
                        .orElse("the connection is open")
                + failure().map(thrown -> ": its consumer threw " + thrown).orElse("");
    }
}

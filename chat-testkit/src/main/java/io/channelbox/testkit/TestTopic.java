package io.channelbox.testkit;

import io.channelbox.codec.Envelope;
import io.channelbox.consumer.Lost;
import io.channelbox.consumer.Subscribe;
import io.channelbox.consumer.Subscribed;
import io.channelbox.consumer.Unsubscribed;
import io.channelbox.message.Frame;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One topic of a client's connection, as if it had the connection for itself: what it reads is what came in the topic, in its
 * order, whatever came in others.
 */
public final class TestTopic {

    private final TestClient client;
    private final String name;
    private final Arrivals arrivals;
    private Optional<Subscribed> subscribed = Optional.empty();
    private boolean confirmed;
    private Optional<StreamPosition> position = Optional.empty();
    private Optional<TestPresence> presence = Optional.empty();

    TestTopic(TestClient client, String name) {
        this.client = client;
        this.name = Objects.requireNonNull(name, "topic");
        this.arrivals = new Arrivals(client, this::holds, " in " + name, this::follow);
    }

    /** Returns the name of the topic. */
    public String name() {
        return name;
    }

    /**
     * Returns where this client is in the topic, by what it has taken: it can come back from there, see
     * {@link TestClient#subscribe(String, StreamPosition)}.
     */
    public StreamPosition position() {
        return position.orElseThrow(() -> new AssertionError(
                "expected a position in " + name + ", but nothing that was taken there has told one"));
    }

    /**
     * Returns who is here and who types, as this client sees it. From the first call on, what tells of that is read by it, and not by
     * {@link #receive} and the like.
     */
    public TestPresence presence() {
        if (presence.isEmpty()) {
            presence = Optional.of(new TestPresence(this));
        }
        return presence.get();
    }

    /** Checks that this subscription began with a position, and goes on from there without a loss. */
    public TestTopic assertRecovered() {
        if (!subscribed.flatMap(Subscribed::recovered).orElse(false)) {
            throw new AssertionError("expected to recover " + name + ", but was told " + subscribed);
        }
        return this;
    }

    /** Checks that this subscription began with a position that cannot be gone on from, for this cause. */
    public TestTopic assertLost(String cause) {
        if (subscribed
                .flatMap(Subscribed::lost)
                .filter(lost -> lost.cause().equals(cause))
                .isEmpty()) {
            throw new AssertionError(
                    "expected a loss in " + name + " that is " + cause + ", but was told " + subscribed);
        }
        return this;
    }

    /** Sends a message in the topic. */
    public void send(Object message) {
        client.sendFrame(client.dialect().write(message, Envelope.NONE.topic(name)));
    }

    /** Sends a message in the topic that asks to be answered by this ref. */
    public void send(Object message, String ref) {
        client.sendFrame(
                client.dialect().write(message, Envelope.NONE.topic(name).ref(ref)));
    }

    /** Sends a message in the topic and takes its answer, whatever else came before it. */
    public <T> T ask(Object message, Class<T> answer) {
        String ref = client.newRef();
        send(message, ref);
        return arrivals.takeAnswer(ref, answer);
    }

    /** Takes the next message of the topic, which must be of this type. */
    public <T> T receive(Class<T> type) {
        takePositions();
        return arrivals.take(type);
    }

    /** Takes the next message of the topic, which must be of this type, and what surrounds it. */
    public <T> Received<T> receiveEnveloped(Class<T> type) {
        takePositions();
        return arrivals.takeEnveloped(type);
    }

    /** Takes all messages of the topic that have arrived, which must be of this type. */
    public <T> List<T> receiveAll(Class<T> type) {
        takePositions();
        return arrivals.takeAll(type);
    }

    /** Checks that nothing has arrived in the topic that was not taken. */
    public void assertSilent() {
        takePositions();
        arrivals.assertNone();
    }

    /** Ends the subscription, and takes the confirmation. */
    public void unsubscribe() {
        command("unsubscribe", Unsubscribed.class);
    }

    /** Commands in the topic, and takes the answer. */
    <T> T command(String type, Class<T> answer) {
        String ref = client.newRef();
        client.sendFrame(
                client.dialect().writeBare(type, Envelope.NONE.topic(name).ref(ref)));
        return arrivals.takeAnswer(ref, answer);
    }

    TestTopic begin(Subscribe wanted) {
        subscribed = Optional.of(ask(wanted, Subscribed.class));
        return this;
    }

    private void follow(Frame taken) {
        String type = client.dialect().typeOf(taken).orElse("");
        Envelope envelope = client.dialect().envelopeOf(taken);
        if (type.equals("subscribed")) {
            confirmed = true;
            position = client.dialect().read(taken, Subscribed.class).position();
        } else if (type.equals("lost") && envelope.seq().isEmpty()) {
            position = client.dialect().read(taken, Lost.class).to();
        } else if (envelope.seq().isPresent()) {
            position = position.map(
                    at -> new StreamPosition(at.epoch(), envelope.seq().getAsLong()));
        }
    }

    /** Once subscribed, a peer that was there before anything was kept is told its position: no test reads that. */
    private boolean isOnlyPosition(Frame frame) {
        return confirmed
                && client.dialect().typeOf(frame).filter("subscribed"::equals).isPresent()
                && client.dialect().envelopeOf(frame).ref().isEmpty();
    }

    /** Has the presence follow what has come. */
    void takePresence() {
        client.arrived().stream()
                .filter(this::isInTopic)
                .filter(this::isOfPresence)
                .forEach(frame -> {
                    client.connection().take(frame);
                    presence.orElseThrow()
                            .follow(client.dialect().typeOf(frame).orElseThrow(), frame, client.dialect());
                });
    }

    private boolean isOfPresence(Frame frame) {
        return presence.isPresent()
                && client.dialect().typeOf(frame).filter(TestPresence::isTold).isPresent()
                && client.dialect().envelopeOf(frame).ref().isEmpty();
    }

    private void takePositions() {
        client.arrived().stream()
                .filter(this::holds)
                .filter(this::isOnlyPosition)
                .forEach(frame -> {
                    client.connection().take(frame);
                    follow(frame);
                });
    }

    private boolean holds(Frame frame) {
        return isInTopic(frame) && !isOfPresence(frame);
    }

    private boolean isInTopic(Frame frame) {
        return client.dialect().envelopeOf(frame).topic().filter(name::equals).isPresent();
    }
}

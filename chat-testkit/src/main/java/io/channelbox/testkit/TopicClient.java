package io.channelbox.testkit;

import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Ack;
import io.channelbox.message.StreamPosition;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A client of topics over a real socket, for end-to-end tests: it comes back by itself, goes on in every topic where it was, says again
 * what it got no answer to, and writes down what it heard and what it should not have heard. What the JavaScript client
 * does for a page, this one does for a test.
 *
 * <pre>{@code
 * try (TopicClient ann = TopicClient.at(URI.create("ws://localhost:8080/ws/topics?token=ann")).connect()) {
 *     ann.subscribe("room:lobby");
 *     Ack ack = ann.publish("room:lobby", "say", Map.of("text", "hi")).join();
 *     ann.await(() -> ann.received("room:lobby").size() == 1);
 *     assertEquals(List.of(), ann.faults());
 * }
 * }</pre>
 *
 * <p>Safe to use from any thread, except that what depends on one of its futures must not wait for it again.
 */
public final class TopicClient implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** A state of the connection. */
    public enum State {
        /** An attempt is on its way. */
        CONNECTING,
        /** Frames flow. */
        OPEN,
        /** The next attempt comes after a delay. */
        WAITING,
        /** There will be no further attempt. */
        CLOSED
    }

    /** What was heard in a topic; {@code seq} is there for what is kept. */
    public record Delivered(String type, Map<String, Object> payload, OptionalLong seq) {}

    /** What a server said it could not recover. */
    public record Lost(Optional<StreamPosition> from, Optional<StreamPosition> to, String cause) {}

    /** A message was not accepted, or it will never be known: then the reason is {@code unconfirmed} or {@code closed}. */
    public static final class NotPublished extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        NotPublished(String reason, String detail) {
            super(reason + ": " + detail);
            this.reason = reason;
        }

        /** Returns the stable reason: the server's, or {@code queue_full}, {@code failed}, {@code unconfirmed}, {@code closed}, {@code left}. */
        public String reason() {
            return reason;
        }
    }

    private final Builder settings;
    private final TopicFrames frames;
    private final TopicLoop loop;
    private final TopicLink link;
    private final String keys = UUID.randomUUID().toString();

    // Everything below belongs to the loop.
    private final Map<String, TopicFeed> feeds = new LinkedHashMap<>();
    private final Map<String, TopicFeed.Answer> answers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final List<CloseStatus> closes = new ArrayList<>();
    private final Conditions conditions = new Conditions();
    private final List<String> troubles = new ArrayList<>();
    private State state = State.CONNECTING;
    private long refs;
    private long messages;

    private TopicClient(Builder settings) {
        this.settings = settings;
        this.frames = new TopicFrames(settings.style);
        this.loop = new TopicLoop(
                "topic-client-" + settings.addresses.get(0).getPort(), trouble -> troubles.add(trouble.toString()));
        this.link = new TopicLink(settings, loop, new Wire());
    }

    /** Returns a builder for a client of the hub at this address, with {@code JsonStyle.DEFAULT.payloadIn("payload")}. */
    public static Builder at(URI uri) {
        return new Builder(uri);
    }

    /** Subscribes, now and after every interruption. Where a subscription has ended, a new one begins, which knows nothing of that. */
    public void subscribe(String topic) {
        subscribe(topic, Optional.empty());
    }

    /** Subscribes and begins with so many of the newest messages. */
    public void subscribe(String topic, int last) {
        subscribe(topic, Optional.of(last));
    }

    private void subscribe(String topic, Optional<Integer> last) {
        loop.ask(() -> {
            TopicFeed feed = feeds.get(topic);
            if (feed == null || feed.state() == TopicFeed.State.ENDED) {
                feed = new TopicFeed(topic, last, new Speech(topic));
                feeds.put(topic, feed);
                if (state == State.OPEN) {
                    feed.connected();
                }
            }
            return feed;
        });
    }

    /** Unsubscribes; what was not confirmed fails with {@code left}. What was received stays known. */
    public void unsubscribe(String topic) {
        loop.ask(() -> {
            TopicFeed feed = feed(topic);
            send(topic, "unsubscribe", Map.of(), Optional.empty(), (type, answer) -> {});
            feed.end(new NotPublished("left", "unsubscribed"));
            return feed;
        });
    }

    /**
     * Says something in a topic that was subscribed to, in the order of the calls, and as often as it takes: the same message
     * under the same key. The future completes once, with {@link NotPublished} if it fails.
     */
    public CompletableFuture<Ack> publish(String topic, String type, Map<String, Object> payload) {
        Map<String, Object> copy = new LinkedHashMap<>(payload);
        return loop.ask(() -> {
            if (state == State.CLOSED) {
                return CompletableFuture.failedFuture(new NotPublished("closed", "there is no connection any more"));
            }
            if (feeds.values().stream().mapToInt(TopicFeed::unconfirmed).sum() >= settings.queue) {
                return CompletableFuture.failedFuture(new NotPublished("queue_full", "too much is not confirmed"));
            }
            return feed(topic).publish(type, copy, keys + "-" + ++messages);
        });
    }

    /** Sends a frame of a topic that nobody answers, {@code typing} or {@code status}; nothing while there is no connection. */
    public void tell(String topic, String type, Map<String, Object> payload) {
        loop.ask(() -> {
            if (feed(topic).state() == TopicFeed.State.SUBSCRIBED) {
                send(topic, type, payload, Optional.empty(), (answer, ignored) -> {});
            }
            return topic;
        });
    }

    /** Breaks the connection as a network would, without a word to the server; the client comes back. */
    public void cut() {
        loop.run(link::cut);
    }

    /** Returns what was heard in a topic so far, in order. */
    public List<Delivered> received(String topic) {
        return loop.ask(() -> List.copyOf(feed(topic).delivered));
    }

    /** Returns what servers said was lost in a topic. */
    public List<Lost> lost(String topic) {
        return loop.ask(() -> List.copyOf(feed(topic).lost));
    }

    /** Returns what no server may do: kept messages that came twice, out of order, or with one missing before; frames that are no JSON. */
    public List<String> faults() {
        return loop.ask(() -> Stream.concat(
                        troubles.stream(), feeds.values().stream().flatMap(feed -> feed.faults.stream()))
                .toList());
    }

    /** Returns how far a topic was heard. */
    public Optional<StreamPosition> position(String topic) {
        return loop.ask(() -> feed(topic).position());
    }

    /** Tells whether there is a subscription right now. */
    public boolean isSubscribed(String topic) {
        return loop.ask(() -> feed(topic).state() == TopicFeed.State.SUBSCRIBED);
    }

    /** Returns who is in a topic, by id, as told by its presence. */
    public Map<String, Map<String, Object>> members(String topic) {
        return loop.ask(() -> feed(topic).roster.members());
    }

    /** Returns who is typing in a topic. */
    public Set<String> typers(String topic) {
        return loop.ask(() -> feed(topic).roster.typers());
    }

    /** Returns how many messages are not confirmed. */
    public int unconfirmed() {
        return loop.ask(
                () -> feeds.values().stream().mapToInt(TopicFeed::unconfirmed).sum());
    }

    /** Returns the state of the connection. */
    public State state() {
        return loop.ask(() -> state);
    }

    /** Returns all states so far. */
    public List<State> states() {
        return loop.ask(() -> List.copyOf(states));
    }

    /** Returns what connections and attempts ended with. */
    public List<CloseStatus> closes() {
        return loop.ask(() -> List.copyOf(closes));
    }

    /**
     * Returns a future of the moment when this holds, which is looked at after everything that happens to the client.
     *
     * @param condition may ask the client; it is called on the client's own thread
     */
    public CompletableFuture<Void> until(BooleanSupplier condition) {
        return loop.ask(() -> conditions.add(condition));
    }

    /** Waits until this holds, at most half a minute. */
    public void await(BooleanSupplier condition) {
        until(condition).orTimeout(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Ends the connection for good. What was not confirmed fails with {@code closed}. What is known can still be asked for. */
    @Override
    public void close() {
        loop.run(() -> {
            link.end();
            loop.end();
        });
    }

    private TopicFeed feed(String topic) {
        TopicFeed feed = feeds.get(topic);
        if (feed == null) {
            throw new IllegalArgumentException("'" + topic + "' was never subscribed to, only " + feeds.keySet());
        }
        return feed;
    }

    private void enter(State next) {
        state = next;
        states.add(next);
    }

    private void send(
            String topic, String type, Map<String, Object> payload, Optional<String> key, TopicFeed.Answer answer) {
        String ref = Long.toString(++refs);
        answers.put(ref, answer);
        link.send(frames.write(topic, ref, type, payload, key));
    }

    /** What a feed says. */
    private final class Speech implements TopicFeed.Speaker {

        private final String topic;

        Speech(String topic) {
            this.topic = topic;
        }

        @Override
        public void say(String type, Map<String, Object> payload, Optional<String> key, TopicFeed.Answer answer) {
            send(topic, type, payload, key, answer);
        }

        @Override
        public void later(Duration delay, Runnable task) {
            loop.later(delay, task);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    }

    /** What the connection tells. */
    private final class Wire implements TopicLink.Listener {

        @Override
        public void connecting() {
            enter(State.CONNECTING);
        }

        @Override
        public void open() {
            answers.clear();
            enter(State.OPEN);
            feeds.values().forEach(TopicFeed::connected);
            conditions.look();
        }

        @Override
        public void down(CloseStatus status, boolean back) {
            closes.add(status);
            answers.clear();
            enter(back ? State.WAITING : State.CLOSED);
            for (TopicFeed feed : feeds.values()) {
                feed.down(status.code() == CloseStatus.SERVER_ERROR.code());
                if (!back) {
                    feed.end(new NotPublished("closed", status.toString()));
                }
            }
            conditions.look();
        }

        @Override
        public void heard(String text) {
            TopicFrames.Heard frame = frames.read(text);
            if (frame.topic().isPresent()) {
                link.accepted();
            }
            Optional<TopicFeed.Answer> answer = frame.ref().flatMap(ref -> Optional.ofNullable(answers.remove(ref)));
            if (answer.isPresent()) {
                answer.get().take(frame.type(), frame.payload());
            } else {
                frame.topic()
                        .flatMap(topic -> Optional.ofNullable(feeds.get(topic)))
                        .ifPresent(feed -> feed.heard(
                                frame.type(), frame.payload(), frame.ref().isPresent(), frame.seq()));
            }
            conditions.look();
        }
    }

    /** Settings of a client. */
    public static final class Builder {

        final List<URI> addresses = new ArrayList<>();
        final Map<String, String> headers = new LinkedHashMap<>();
        Optional<Function<Boolean, String>> token = Optional.empty();
        JsonStyle style = JsonStyle.DEFAULT.payloadIn("payload");
        IntFunction<Duration> delays = Builder::fullJitter;
        Duration connectTimeout = Duration.ofSeconds(15);
        Duration heartbeat = Duration.ofSeconds(20);
        Duration patience = Duration.ofSeconds(10);
        int queue = 1_000;

        private Builder(URI uri) {
            addresses.add(Objects.requireNonNull(uri, "uri"));
        }

        private static Duration fullJitter(int attempt) {
            long most = Math.min(30_000, 500L << Math.min(attempt, 6));
            return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
        }

        /** Takes turns with the same hub on other nodes: each attempt goes to the next address, as behind a balancer that remembers nobody. */
        public Builder orAt(List<URI> others) {
            addresses.addAll(List.copyOf(others));
            return this;
        }

        /** Sends a header with every handshake. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Asks for a token before every connection and sends it as {@code ?token=}; told whether the last one was refused. */
        public Builder token(Function<Boolean, String> supplier) {
            token = Optional.of(supplier);
            return this;
        }

        /** Speaks frames that look like this. */
        public Builder style(JsonStyle frames) {
            style = Objects.requireNonNull(frames, "frames");
            return this;
        }

        /** Waits so long before each attempt, counted from 0; full jitter from half a second to half a minute unless said otherwise. */
        public Builder delays(IntFunction<Duration> beforeAttempt) {
            delays = Objects.requireNonNull(beforeAttempt, "beforeAttempt");
            return this;
        }

        /** Asks for a sign of life after so long a silence, and takes the connection for dead without one. */
        public Builder heartbeat(Duration silence, Duration patienceAfter) {
            heartbeat = silence;
            patience = patienceAfter;
            return this;
        }

        /** Gives an attempt to connect so long; 15 seconds unless said otherwise. */
        public Builder connectTimeout(Duration most) {
            connectTimeout = most;
            return this;
        }

        /** Keeps at most so many messages that are not confirmed; 1,000 unless said otherwise. */
        public Builder queue(int most) {
            queue = most;
            return this;
        }

        /** Begins to connect. */
        public TopicClient connect() {
            var client = new TopicClient(this);
            client.loop.run(client.link::connect);
            return client;
        }
    }
}

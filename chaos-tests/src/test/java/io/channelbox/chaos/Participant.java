package io.channelbox.chaos;

import io.channelbox.chaos.Verdict.Heard;
import io.channelbox.chaos.Verdict.Kept;
import io.channelbox.consumer.Ack;
import io.channelbox.message.StreamPosition;
import io.channelbox.testkit.TopicClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One who talks in every room without end, the next message when the last one is confirmed, and writes down what came of it. */
final class Participant implements AutoCloseable {

    /** What was tried to say, in which room. */
    record Said(String room, String text) {}

    /** What was confirmed, in which room. */
    record Accepted(String room, Kept message) {}

    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final List<String> rooms;
    private final Line line;
    private final TopicClient client;
    private final ScheduledExecutorService threads;
    private final Duration pause;
    private final Random random; // guarded by itself: whoever needs the next number is on some thread
    private final Queue<Said> said = new ConcurrentLinkedQueue<>();
    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private volatile boolean talking = true;
    private volatile boolean ended;
    private volatile int reconnects;

    /**
     * Makes one who connects.
     *
     * @param pause how long it says nothing in a room, at most
     */
    Participant(
            String name,
            List<String> rooms,
            Line line,
            ScheduledExecutorService threads,
            Duration pause,
            Random random) {
        this.name = name;
        this.rooms = rooms;
        this.line = line;
        this.threads = threads;
        this.pause = pause;
        this.random = random;
        List<URI> servers = line.ports().stream()
                .map(port -> URI.create("ws://127.0.0.1:" + port + "/ws/topics?user=" + name))
                .toList();
        this.client = TopicClient.at(servers.get(0))
                .orAt(servers.subList(1, servers.size()))
                .heartbeat(SILENCE, PATIENCE)
                .connectTimeout(Duration.ofSeconds(3))
                .delays(attempt -> Duration.ofMillis(random(Math.min(2_000, 100 << Math.min(attempt, 5)))))
                .connect();
    }

    private int random(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    String name() {
        return name;
    }

    Line line() {
        return line;
    }

    /** Goes into all rooms. */
    void enter() {
        rooms.forEach(room -> client.subscribe(room, 1));
    }

    boolean isInAllRooms() {
        return rooms.stream().allMatch(client::isSubscribed);
    }

    /** Says one thing in every room. */
    void open() {
        rooms.forEach(room -> say(room, "opening-1", () -> {}));
    }

    void talk() {
        rooms.forEach(room -> talk(room, 1));
    }

    private void talk(String room, int number) {
        if (talking) {
            say(room, name + "-" + number, () -> talkSoon(room, number + 1));
        }
    }

    private void talkSoon(String room, int number) {
        var unused =
                threads.schedule(() -> talk(room, number), 5 + random((int) pause.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void say(String room, String text, Runnable then) {
        said.add(new Said(room, text));
        var unused = client.publish(room, "say", Map.of("text", text)).whenComplete((ack, failure) -> {
            note(room, text, ack, failure);
            then.run();
        });
    }

    private void note(String room, String text, @Nullable Ack ack, @Nullable Throwable failure) {
        if (ack != null && ack.position().isPresent()) {
            accepted.add(new Accepted(room, new Kept(ack.position().get().offset(), text)));
        } else if (ack != null) {
            failures.add(name + " was not told where " + text + " is");
        } else if (!ended) {
            failures.add(name + " could not say " + text + ": " + failure);
        }
    }

    void fallSilent() {
        talking = false;
    }

    int unconfirmed() {
        return client.unconfirmed();
    }

    /** Returns when it is back in the rooms after its connection has been lost. */
    CompletableFuture<Void> back() {
        int before = connections();
        return client.until(() -> connections() > before && isInAllRooms());
    }

    private int connections() {
        return (int)
                client.states().stream().filter(TopicClient.State.OPEN::equals).count();
    }

    Set<String> members(String room) {
        return Set.copyOf(client.members(room).keySet());
    }

    long offset(String room) {
        return client.position(room).map(StreamPosition::offset).orElse(0L);
    }

    /** Goes in the middle of things: what comes later is nothing to it. */
    void leave() {
        end(false);
    }

    /** Is gone in the middle of things, and nobody hears of it: the line is frozen for good. */
    void vanish() {
        line.freezeForGood();
        end(false);
    }

    /** Goes when all is over. */
    void stayUntilTheEnd() {
        end(true);
    }

    private void end(boolean stayed) {
        talking = false;
        for (String room : rooms) {
            heard.put(room, new Heard(name, stayed, heardIn(room)));
            client.lost(room).forEach(lost -> failures.add("lost: " + name + " was told in " + room + " " + lost));
        }
        client.faults().forEach(fault -> failures.add(name + ": " + fault));
        if (client.state() == TopicClient.State.CLOSED) {
            failures.add(name + " was shut out: " + client.closes());
        }
        reconnects = connections() - 1;
        ended = true;
        client.close();
    }

    private List<Kept> heardIn(String room) {
        return client.received(room).stream()
                .filter(each -> each.seq().isPresent())
                .map(each -> new Kept(
                        each.seq().getAsLong(), String.valueOf(each.payload().get("text"))))
                .toList();
    }

    /** Returns what it has heard until it went. */
    Heard heard(String room) {
        return Objects.requireNonNull(heard.get(room), () -> name + " is still there");
    }

    List<Said> said() {
        return List.copyOf(said);
    }

    List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    /** Returns what went wrong besides: what could not be said, what was lost and admitted, what the client itself found strange. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    int reconnects() {
        return reconnects;
    }

    @Override
    public void close() {
        if (!ended) {
            client.close();
        }
        line.close();
    }
}

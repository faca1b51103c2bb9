package io.channelbox.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.Ack;
import io.channelbox.message.UserId;
import io.channelbox.testkit.TopicClient;
import io.channelbox.testkit.TopicClient.Delivered;
import io.channelbox.testkit.TopicClient.NotPublished;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicClientTest {

    private static final String ROOM = "room:lobby";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeEverything() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private ChatServer server(boolean durable) throws Exception {
        ChatServer server = ChatServer.start(durable);
        open.add(server);
        return server;
    }

    private FaultyNetwork networkTo(ChatServer server) throws Exception {
        FaultyNetwork network = FaultyNetwork.before(server.port());
        open.add(network);
        return network;
    }

    private TopicClient enter(int port, String user) {
        TopicClient client = come(port, user);
        client.subscribe(ROOM);
        client.await(() -> client.isSubscribed(ROOM));
        return client;
    }

    private TopicClient come(int port, String user) {
        TopicClient client = TopicClient.at(URI.create("ws://localhost:" + port + "/ws/topics"))
                .token(refused -> user)
                .delays(attempt -> Duration.ofMillis(20L << Math.min(attempt, 4)))
                .heartbeat(Duration.ofMillis(800), Duration.ofSeconds(2))
                .connect();
        open.add(client);
        return client;
    }

    private static CompletableFuture<Ack> say(TopicClient client, String text) {
        return client.publish(ROOM, "say", Map.of("text", text));
    }

    private static List<Object> texts(TopicClient client) {
        return client.received(ROOM).stream()
                .map(delivered -> delivered.payload().get("text"))
                .toList();
    }

    private static void awaitCount(TopicClient client, int count) {
        client.await(() -> client.received(ROOM).size() >= count);
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "m" + i).toList();
    }

    @Test
    void whatIsSaidIsConfirmedAndHeard() throws Exception {
        ChatServer server = server(false);
        TopicClient ann = enter(server.port(), "ann");
        TopicClient bob = enter(server.port(), "bob");

        Ack ack = say(ann, "hi").join();
        awaitCount(bob, 1);

        Delivered heard = bob.received(ROOM).get(0);
        assertEquals(Map.of("user", "ann", "text", "hi"), heard.payload());
        assertEquals(heard.seq().orElseThrow(), ack.position().orElseThrow().offset());
        assertEquals(List.of(), bob.faults());
        CompletableFuture<Ack> refused = say(ann, " ");
        CompletionException failure = assertThrows(CompletionException.class, refused::join);
        assertEquals(
                "invalid",
                assertInstanceOf(NotPublished.class, failure.getCause()).reason());
    }

    @Test
    void whatComesSeveralToAFrameIsHeardOneByOne() throws Exception {
        ChatServer server = server(false);
        List<String> texts = numbered(200);
        texts.forEach(text -> server.say(ROOM, text));

        TopicClient ann = come(server.port(), "ann");
        ann.subscribe(ROOM, 200);
        awaitCount(ann, 200);

        assertEquals(texts, texts(ann));
        assertEquals(List.of(), ann.faults());
    }

    @Test
    void aCutConnectionLosesNothingAndDoublesNothing() throws Exception {
        FaultyNetwork network = networkTo(server(true));
        TopicClient ann = enter(network.port(), "ann");
        TopicClient bob = enter(network.port(), "bob");
        List<String> texts = numbered(60);

        List<CompletableFuture<Ack>> said =
                texts.stream().map(text -> say(ann, text)).toList();
        for (int i : new int[] {5, 20, 40}) {
            said.get(i).join();
            network.cut();
        }
        said.forEach(CompletableFuture::join);
        awaitCount(bob, 60);
        awaitCount(ann, 60);

        assertEquals(texts, texts(bob));
        assertEquals(texts, texts(ann));
        assertEquals(List.of(), bob.faults());
        assertEquals(List.of(), bob.lost(ROOM));
        assertTrue(bob.states().contains(TopicClient.State.WAITING));
    }

    @Test
    void aFrozenConnectionIsNoticed() throws Exception {
        FaultyNetwork network = networkTo(server(false));
        TopicClient ann = enter(network.port(), "ann");
        say(ann, "before").join();
        awaitCount(ann, 1);

        network.freeze();
        CompletableFuture<Ack> later = say(ann, "later");
        ann.await(() -> ann.states().contains(TopicClient.State.WAITING));
        network.thaw();
        later.join();
        awaitCount(ann, 2);

        assertEquals(List.of("before", "later"), texts(ann));
        assertEquals(List.of(), ann.faults());
    }

    @Test
    void aServerThatStartsAgainGoesOnWhereItWas() throws Exception {
        ChatServer server = server(true);
        TopicClient ann = enter(server.port(), "ann");
        say(ann, "before").join();
        awaitCount(ann, 1);

        server.stop();
        CompletableFuture<Ack> later = say(ann, "later");
        server.start();
        later.join();
        awaitCount(ann, 2);

        assertEquals(List.of("before", "later"), texts(ann));
        assertEquals(List.of(), ann.faults());
        assertEquals(List.of(), ann.lost(ROOM));
        assertEquals(CloseStatus.GOING_AWAY.code(), ann.closes().get(0).code());
    }

    @Test
    void whatAServerForgotIsSaidToBeLost() throws Exception {
        ChatServer server = server(false);
        TopicClient ann = enter(server.port(), "ann");
        say(ann, "before").join();
        awaitCount(ann, 1);

        server.stop();
        server.start();
        ann.await(() -> !ann.lost(ROOM).isEmpty());

        assertEquals("epoch", ann.lost(ROOM).get(0).cause());
    }

    @Test
    void aBanIsFinal() throws Exception {
        ChatServer server = server(false);
        TopicClient ann = enter(server.port(), "ann");

        server.box().disconnectUser(new UserId("ann"), CloseStatus.FORBIDDEN);
        ann.await(() -> ann.state() == TopicClient.State.CLOSED);

        CompletionException failure =
                assertThrows(CompletionException.class, () -> say(ann, "hi").join());
        assertEquals(
                "closed",
                assertInstanceOf(NotPublished.class, failure.getCause()).reason());
    }

    @Test
    void aClientThatIsClosedSaysGoodbyeAndStillTellsWhatItKnows() throws Exception {
        ChatServer server = server(false);
        TopicClient ann = enter(server.port(), "ann");
        TopicClient bob = enter(server.port(), "bob");
        say(ann, "hi").join();
        awaitCount(ann, 1);
        bob.await(() -> bob.members(ROOM).size() == 2);

        ann.close();
        ann.close();

        assertEquals(List.of("hi"), texts(ann));
        assertEquals(TopicClient.State.CLOSED, ann.state());
        CompletionException failure =
                assertThrows(CompletionException.class, () -> say(ann, "late").join());
        assertEquals(
                "closed",
                assertInstanceOf(NotPublished.class, failure.getCause()).reason());
        bob.await(() -> bob.members(ROOM).size() == 1);
    }

    @Test
    void aTokenThatHoldsNoLongerIsAskedForAnew() throws Exception {
        ChatServer server = server(false);
        List<Boolean> asked = new ArrayList<>();
        TopicClient ann = TopicClient.at(URI.create("ws://localhost:" + server.port() + "/ws/topics"))
                .token(refused -> {
                    asked.add(refused);
                    return refused ? "ann-2" : "ann-1";
                })
                .connect();
        open.add(ann);
        ann.subscribe(ROOM);
        ann.await(() -> ann.isSubscribed(ROOM));

        server.expire("ann-1");
        ann.await(() -> ann.closes().size() == 1 && ann.isSubscribed(ROOM));

        assertEquals(List.of(false, true), asked);
    }
}

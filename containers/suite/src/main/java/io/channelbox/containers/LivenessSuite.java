package io.channelbox.containers;

import static io.channelbox.containers.RawClient.CLOSE;
import static io.channelbox.containers.RawClient.PING;
import static io.channelbox.containers.RawClient.PONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is taken for alive, and how everything stops. */
interface LivenessSuite extends Fixture {

    @Test
    default void aPingIsAnswered() throws Exception {
        try (RawClient ann = raw("/desk")) {
            ann.send(true, PING, "are you there".getBytes(UTF_8));

            RawClient.RawFrame pong = ann.next();
            assertEquals(PONG, pong.opcode());
            assertEquals("are you there", new String(pong.payload(), UTF_8));
        }
    }

    @Test
    default void aPeerThatAnswersNoPingIsGivenUpAndOneThatDoesLives() throws Exception {
        String dead = newId();
        String alive = newId();
        try (var own = ChannelBox.builder()
                        .pings(Duration.ofMillis(300), Duration.ofMillis(300))
                        .build();
                TestServer served = start(endpoints(own));
                RawClient ann = RawClient.connect(served.at("/desk?id=" + dead));
                Client bob = Client.Kind.JDK.connect(served.at("/desk?id=" + alive))) {
            assertEquals(PING, ann.next().opcode());

            assertEquals(CloseStatus.DEAD_PEER.code(), journal().end(dead).code());
            assertEquals("Echo: still here", bob.ask("still here"));
        }
    }

    @Test
    default void aCloseDuringASendThatDoesNotEndIsNotWaitedForForEver() throws Exception {
        String id = newId();
        try (var own = ChannelBox.builder().closeTimeout(Duration.ofSeconds(1)).build();
                TestServer served = start(endpoints(own));
                RawClient ann = RawClient.connect(served.at("/desk?id=" + id))) {
            int size = 32 << 20;
            journal().open(id).send("x".repeat(size));
            journal().open(id).close(new CloseStatus(4001, "enough"));

            assertEquals(4001, journal().end(id).code());
            if (!quirks().contains(Quirk.KEEPS_STALLED_CONNECTIONS)) {
                nothingTellsAPeerThatDoesNotRead(Duration.ofMillis(2_500));
                assertTrue(ann.untilEnd() < size - 1_000_000);
            }
        }
    }

    @Test
    default void closingTheBoxTellsEveryPeerOnce() throws Exception {
        var own = ChannelBox.builder().build();
        try (TestServer served = start(endpoints(own));
                RawClient ann = RawClient.connect(served.at("/desk"));
                Client bob = Client.Kind.JDK.connect(served.at("/greeter"))) {
            assertEquals("Welcome", bob.text());
            CompletableFuture<Void> closing = CompletableFuture.runAsync(own::close);

            RawClient.RawFrame close = ann.next();
            assertEquals(CLOSE, close.opcode());
            assertEquals(1001, close.closeStatus().code());
            assertEquals(0, ann.answer(close));
            assertEquals(1001, bob.closed().code());
            closing.get(5, TimeUnit.SECONDS);

            whoComesLateIsToldWhenToComeAgain(served.at("/desk"));
        }
    }

    private static void whoComesLateIsToldWhenToComeAgain(URI desk) throws Exception {
        RawClient.Answer answer = RawClient.ask(desk);
        if (answer.status() == 101) { // there is no filter in front
            try (RawClient late = RawClient.connect(desk)) {
                CloseStatus told = late.next().closeStatus();
                assertEquals(1013, told.code());
                assertTrue(told.retryAfter().isPresent(), told.reason());
            }
        } else {
            assertEquals(503, answer.status());
            assertTrue(answer.body().startsWith("going away; retry in "), answer.body());
            assertTrue(Integer.parseInt(answer.header("Retry-After")) <= 1, answer.header("Retry-After"));
        }
    }

    @Test
    default void stoppingTheContainerClosesItsChannels() throws Exception {
        String id = newId();
        TestServer stopping = start(endpoints(box()));
        try (Client ann = Client.Kind.JDK.connect(stopping.at("/desk?id=" + id))) {
            Channel channel = journal().open(id);

            stopping.stop();

            boolean drops = quirks().contains(Quirk.DROPS_CONNECTIONS_ON_STOP);
            assertEquals(drops ? 1006 : 1001, ann.closed().code());
            int end = journal().end(id).code(); // where it drops, whichever comes first: the loss, or our wish to close
            assertTrue(end == 1001 || (drops && end == 1006), () -> "ended with " + end);
            assertTrue(box().channel(channel.id()).isEmpty());
        }
    }
}

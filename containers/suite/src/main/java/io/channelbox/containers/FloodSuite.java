package io.channelbox.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.CloseStatus;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of who sends faster than its consumer works. */
interface FloodSuite extends Fixture {

    @Test
    default void whoSendsTooFastIsSlowedDownWhileThereIsAThreadToSpare() throws Exception {
        ChatEndpoints sparingOne = endpoints(box()).slowingSenders(1);
        if (quirks().contains(Quirk.SLOWS_NOBODY_DOWN)) {
            whoSendsTooFastIsClosed(sparingOne);
            return;
        }
        String slowed = newId();
        String closed = newId();
        try (TestServer served = start(sparingOne);
                RawClient ann = RawClient.connect(served.at("/clerk?id=" + slowed));
                RawClient eve = RawClient.connect(served.at("/clerk?id=" + closed))) {
            Flood first = Flood.of(ann);
            nothingTellsAPeerThatDoesNotRead(Duration.ofSeconds(1));
            Flood.of(eve).end();
            journal().begin(closed);

            assertEquals(CloseStatus.OVERLOAD.code(), journal().end(closed).code());
            everythingIsHandled(slowed, ann, first);
        }
    }

    @Test
    default void whereNoThreadMayWaitWhoSendsTooFastIsClosed() throws Exception {
        whoSendsTooFastIsClosed(endpoints(box()).slowingSenders(0));
    }

    @Test
    default void aConsumerThatBlocksKeepsNobodyElseFromBeingServed() throws Exception {
        othersAreServedWhileConsumersBlock(1);
    }

    /** As many that no container has threads to spare for all of them. */
    @Test
    default void manyConsumersThatBlockKeepNobodyElseFromBeingServed() throws Exception {
        othersAreServedWhileConsumersBlock(40);
    }

    /** More than fits into the buffers on the way, so that the container has to go on with it. */
    @Test
    default void whoseConsumerBlocksIsSentToAllTheSame() throws Exception {
        String id = newId();
        int size = 8 << 20;
        try (RawClient ann = raw("/clerk?id=" + id)) {
            ann.send("0 first");
            journal().awaitWaiting(id);

            journal().open(id).send("x".repeat(size));

            assertEquals(size, sizeOfMessage(ann));
        } finally {
            journal().begin(id);
        }
    }

    /** Containers may send a message in parts. */
    private static int sizeOfMessage(RawClient client) throws IOException {
        int size = 0;
        RawClient.RawFrame part;
        do {
            part = client.next();
            size += part.payload().length;
        } while (!part.last());
        return size;
    }

    private void othersAreServedWhileConsumersBlock(int count) throws Exception {
        List<RawClient> blocked = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (Client bob = connect("/desk")) {
            for (int i = 0; i < count; i++) {
                String id = newId();
                ids.add(id);
                RawClient client = raw("/clerk?id=" + id);
                blocked.add(client);
                client.send("0 first");
                journal().awaitWaiting(id);
            }

            assertEquals("Echo: me too", bob.ask("me too"));
            try (Client late = connect("/desk")) {
                assertEquals("Echo: and me", late.ask("and me"));
            }

            ids.forEach(journal()::begin);
            for (RawClient client : blocked) {
                client.send("sum");
                assertEquals("counted 1", client.text());
            }
        } finally {
            ids.forEach(journal()::begin);
            for (RawClient client : blocked) {
                client.close();
            }
        }
    }

    /** Floods a consumer that does nothing for a while, and looks whether everything is handled in the end. */
    default void whoSendsTooFastIsSlowedDown(ChatEndpoints endpoints) throws Exception {
        String id = newId();
        try (TestServer served = start(endpoints);
                Client bob = Client.Kind.JDK.connect(served.at("/desk"));
                RawClient ann = RawClient.connect(served.at("/clerk?id=" + id))) {
            Flood flood = Flood.of(ann);
            nothingTellsAPeerThatDoesNotRead(Duration.ofSeconds(1));

            assertEquals("Echo: not me", bob.ask("not me"));
            everythingIsHandled(id, ann, flood);
        }
    }

    private void everythingIsHandled(String id, RawClient client, Flood flood) throws Exception {
        assertTrue(flood.sent() < Flood.MESSAGES, "all messages were taken at once");
        journal().begin(id);
        flood.end();
        client.send("sum");
        assertEquals("counted " + Flood.MESSAGES, client.text());
    }

    /** Floods a consumer that does nothing, and looks whether it is closed and nobody else feels it. */
    default void whoSendsTooFastIsClosed(ChatEndpoints endpoints) throws Exception {
        String id = newId();
        try (TestServer served = start(endpoints);
                Client bob = Client.Kind.JDK.connect(served.at("/desk"));
                RawClient ann = RawClient.connect(served.at("/clerk?id=" + id))) {
            Flood flood = Flood.of(ann);
            while (journal().open(id).isOpen()) {
                assertEquals("Echo: not me", bob.ask("not me"));
            }
            journal().begin(id);

            assertEquals(CloseStatus.OVERLOAD.code(), journal().end(id).code());
            flood.end();
        }
    }
}

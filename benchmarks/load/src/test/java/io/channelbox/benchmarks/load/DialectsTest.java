package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.benchmarks.load.Dialect.Envelope;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialectsTest {

    private static final List<String> ROOMS = List.of("0001", "00ff");

    @Test
    void aStompClientIsJoinedWhenTheSubscriptionAfterItsRoomsIsAnswered() {
        Conversation client = new StompDialect().conversation(0, ROOMS);

        List<String> subscriptions = client.received("CONNECTED\nversion:1.2\n\n\0");

        assertEquals(
                List.of(
                        "SUBSCRIBE\nid:sub-0\ndestination:/topic/0001\n\n\0",
                        "SUBSCRIBE\nid:sub-1\ndestination:/topic/00ff\n\n\0",
                        "SUBSCRIBE\nid:joined\ndestination:/app/joined\n\n\0"),
                subscriptions);
        assertFalse(client.joined());
        client.received("MESSAGE\nsubscription:joined\n\njoined\0");
        assertTrue(client.joined());
    }

    @Test
    void aBayeuxClientPublishesUnderTheNameThatItsHandshakeGaveIt() {
        var dialect = new BayeuxDialect();
        Conversation client = dialect.conversation(0, ROOMS);

        client.received("[{\"clientId\":\"ann\",\"channel\":\"/meta/handshake\",\"successful\":true}]");

        assertEquals(
                new Envelope("[{\"channel\":\"/00ff\",\"clientId\":\"ann\",\"data\":\"", "\"}]"),
                dialect.envelope(client, "00ff"));
    }

    @Test
    void aBayeuxClientConnectsAgainWheneverItsConnectIsAnswered() {
        Conversation client = new BayeuxDialect().conversation(0, ROOMS);
        List<String> first =
                client.received("[{\"clientId\":\"ann\",\"channel\":\"/meta/handshake\",\"successful\":true}]");

        List<String> next = client.received("[{\"channel\":\"/meta/connect\",\"successful\":true}]");

        assertEquals(first.subList(0, 1), next);
        assertTrue(first.get(0).contains("/meta/connect"), first::toString);
    }

    @Test
    void aClientThatIsAnsweredAboutSeveralRoomsInOneFrameIsInAllOfThem() {
        Conversation client = PlainDialect.v1().conversation(0, ROOMS);

        client.received("\"+0001\"\u001e\"+00ff\"");

        assertTrue(client.joined());
    }

    @Test
    void aSocketIoClientIsJoinedWhenEachRoomIsAcknowledged() {
        Conversation client = new SocketIoDialect().conversation(0, ROOMS);
        assertEquals(List.of("40"), client.received("0{\"sid\":\"ann\"}"));
        assertEquals(
                List.of("420[\"join\",\"0001\"]", "421[\"join\",\"00ff\"]"), client.received("40{\"sid\":\"ann\"}"));

        client.received("430[\"0001\"]");
        assertFalse(client.joined());
        client.received("431[\"00ff\"]");

        assertTrue(client.joined());
    }

    @Test
    void aSocketIoClientAnswersAPing() {
        Conversation client = new SocketIoDialect().conversation(0, ROOMS);

        assertEquals(List.of("3"), client.received("2"));
    }
}

package io.channelbox.examples.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect that has a socket for each thing: the frames to the letter. */
class ThreeSocketsTest {

    private static final String AT = "\"timestamp\":\"2026-01-01T00:00:00Z\"";

    private final Directory directory = new Directory();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting(
                    "/chat/{room_id}", () -> sockets().chat())
            .and("/presence", () -> sockets().presence())
            .and("/dm/{user_id}", () -> sockets().direct())
            .with(box -> Sockets.settings(box, directory));

    private @Nullable Sockets sockets;

    private Sockets sockets() {
        if (sockets == null) {
            sockets = new Sockets(chat.box(), directory);
        }
        return sockets;
    }

    @Test
    void whoComesToAChatIsToldTheirArrivalAndThenTheHistoryThatEndsWithIt() {
        TestClient ann = chat.user("ann").connect("/chat/7");
        String annJoined = "{\"type\":\"system\",\"message\":\"ann joined the chat\"," + AT + "}";
        assertEquals(annJoined, ann.receive());
        assertEquals("{\"type\":\"history\",\"messages\":[" + annJoined + "]}", ann.receive());
        ann.send("{\"message\":\"hi\"}");
        String hi = "{\"type\":\"message\",\"user\":\"ann\",\"content\":\"hi\"," + AT + "}";
        assertEquals(hi, ann.receive());

        TestClient bob = chat.user("bob").connect("/chat/7");

        String bobJoined = "{\"type\":\"system\",\"message\":\"bob joined the chat\"," + AT + "}";
        assertEquals(bobJoined, ann.receive());
        assertEquals(bobJoined, bob.receive());
        assertEquals(
                "{\"type\":\"history\",\"messages\":[" + annJoined + "," + hi + "," + bobJoined + "]}", bob.receive());
        bob.assertSilent();
    }

    @Test
    void aChatIsToldWhoHasLeftHoweverTheyLeft() {
        TestClient ann = chat.user("ann").connect("/chat/7").skipAll();
        TestClient bob = chat.user("bob").connect("/chat/7");
        ann.skipAll();

        bob.breakOff();

        assertEquals("{\"type\":\"system\",\"message\":\"bob left the chat\"," + AT + "}", ann.receive());
        ann.assertSilent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"message\":\"\"}", "{\"message\":null}", "{\"message\":[1]}"})
    void aFrameWithoutAMessageIsAnsweredAndTheChannelLives(String frame) {
        TestClient ann = chat.user("ann").connect("/chat/7").skipAll();

        ann.send(frame);

        assertEquals("invalid", ann.receiveJson().get("code").asText());
        assertFalse(ann.isClosed());
    }

    @Test
    void everyoneIsToldWhoComesOnlineAndWhoComesHowManyUsersThereAre() {
        TestClient ann = chat.user("ann").connect("/presence");
        assertEquals("{\"type\":\"status\",\"user\":\"ann\",\"status\":\"online\"," + AT + "}", ann.receive());
        assertEquals("{\"type\":\"users\",\"count\":1}", ann.receive());

        TestClient bob = chat.user("bob").connect("/presence");

        String online = "{\"type\":\"status\",\"user\":\"bob\",\"status\":\"online\"," + AT + "}";
        assertEquals(online, ann.receive());
        ann.assertSilent();
        assertEquals(online, bob.receive());
        assertEquals("{\"type\":\"users\",\"count\":2}", bob.receive());
    }

    @Test
    void somebodyIsOfflineWhenTheirLastTabHasClosed() {
        TestClient ann = chat.user("ann").connect("/presence");
        TestClient first = chat.user("bob").connect("/presence");
        ann.skipAll();
        TestClient second = chat.user("bob").connect("/presence");
        assertEquals("online", second.receiveJson().get("status").asText());
        assertEquals("{\"type\":\"users\",\"count\":2}", second.receive());
        ann.assertSilent();

        first.close();
        ann.assertSilent();
        second.breakOff();

        assertEquals("{\"type\":\"status\",\"user\":\"bob\",\"status\":\"offline\"," + AT + "}", ann.receive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"online", "away", "busy", "offline", "<b>dancing</b>", " à table 🎉 "})
    void aStatusIsToldToEveryoneAsItWasSaid(String status) {
        TestClient ann = chat.user("ann").connect("/presence");
        TestClient bob = chat.user("bob").connect("/presence").skipAll();
        ann.skipAll();

        bob.send("{\"type\":\"status\",\"status\":\"" + status + "\"}");

        String told = "{\"type\":\"status\",\"user\":\"bob\",\"status\":\"" + status + "\"," + AT + "}";
        assertEquals(told, ann.receive());
        assertEquals(told, bob.receive());
    }

    @Test
    void aStatusHasUpToFortyCharacters() {
        TestClient ann = chat.user("ann").connect("/presence").skipAll();

        ann.send("{\"type\":\"status\",\"status\":\"" + "🎉".repeat(40) + "\"}");
        assertEquals("🎉".repeat(40), ann.receiveJson().get("status").asText());
        ann.send("{\"type\":\"status\",\"status\":\"" + "x".repeat(41) + "\"}");
        assertEquals("invalid", ann.receiveJson().get("code").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'status'}",
                "{'type':'status','status':''}",
                "{'type':'status','status':'  '}",
                "{'type':'status','status':'a\\nb'}",
                "{'type':'status','status':'a\\u0007'}"
            })
    void aStatusThatIsNoneIsAnErrorForWhoSaidIt(String frame) {
        TestClient ann = chat.user("ann").connect("/presence").skipAll();

        ann.send(frame.replace('\'', '"'));

        assertEquals("invalid", ann.receiveJson().get("code").asText());
        ann.assertSilent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'status':'away'}", "{'type':'hello'}", "{}"})
    void framesThatAreNoStatusMeanNothing(String frame) {
        TestClient ann = chat.user("ann").connect("/presence").skipAll();

        ann.send(frame.replace('\'', '"'));

        ann.assertSilent();
    }

    @Test
    void aDirectMessageReachesTheSocketsOfItsRecipientAndWaitsWhileThereAreNone() {
        TestClient ann = chat.user("ann").connect("/dm/bob");
        TestClient bob = chat.user("bob").connect("/dm/ann");
        ann.send("{\"message\":\"one\"}");
        assertEquals("{\"type\":\"direct_message\",\"from\":\"ann\",\"content\":\"one\"," + AT + "}", bob.receive());
        bob.close();
        ann.send("{\"message\":\"two\"}");

        TestClient back = chat.user("bob").connect("/dm/carla");

        assertEquals("two", back.receiveJson().get("content").asText());
        back.assertSilent();
        ann.assertSilent();
    }

    @Test
    void aDirectMessageFindsItsRecipientInWhateverFormTheNameIsWritten() {
        TestClient zoe = chat.user("Zo\u00eb").connect("/dm/ann");

        chat.user("ann").connect("/dm/Zoe%CC%88").send("{\"message\":\"hi\"}");

        assertEquals("hi", zoe.receiveJson().get("content").asText());
    }

    @Test
    void aDirectMessageToSomebodyWhoWasNeverHereIsAnError() {
        TestClient ann = chat.user("ann").connect("/dm/nobody");

        ann.send("{\"message\":\"hello?\"}");

        assertEquals("unknown_user", ann.receiveJson().get("code").asText());
    }

    @Test
    void whoIsOnlyInAChatGetsNoDirectMessagesThere() {
        TestClient bob = chat.user("bob").connect("/chat/7").skipAll();
        TestClient ann = chat.user("ann").connect("/dm/bob");

        ann.send("{\"message\":\"psst\"}");

        bob.assertSilent();
        assertEquals(
                "psst",
                chat.user("bob").connect("/dm/ann").receiveJson().get("content").asText());
    }
}

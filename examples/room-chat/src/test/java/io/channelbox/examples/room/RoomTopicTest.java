package io.channelbox.examples.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page's room: the same as that of the original clients. */
class RoomTopicTest {

    private static final String TOPICS = "/ws/topics";
    private static final String AT = "\"timestamp\":\"2026-01-01T00:00:00Z\"";

    private final Directory directory = new Directory();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting(TOPICS, () -> sockets().topics())
            .and("/ws/chat/{room_id}", () -> sockets().room())
            .and("/chat/{room_id}", () -> sockets().chat())
            .with(box -> Sockets.settings(box, directory));

    private @Nullable Sockets sockets;

    private Sockets sockets() {
        if (sockets == null) {
            sockets = new Sockets(chat.box(), directory);
        }
        return sockets;
    }

    @Test
    void whatThePageSaysAllClientsReadEachInTheirOwnWords() {
        TestClient bob = chat.user("bob").connect("/ws/chat/7");
        TestClient eve = chat.user("eve").connect("/chat/7");
        TestPage ann = page("ann");
        bob.skipAll();
        eve.skipAll();

        ann.send("say", "{'content':'hi'}");

        assertEquals(List.of("said {'user':'ann','content':'hi'}"), ann.told("said"));
        String said = "{\"type\":\"message\",\"user\":\"ann\",\"content\":\"hi\"," + AT + "}";
        assertEquals(List.of(said), bob.receiveAll());
        assertEquals(List.of(said), eve.receiveAll());
    }

    @Test
    void whatTheOriginalClientsSayThePageReads() {
        TestPage ann = page("ann");

        chat.user("bob").connect("/ws/chat/7").send("{\"type\":\"message\",\"content\":\"one\"}");
        chat.user("eve").connect("/chat/7").send("{\"message\":\"two\"}");

        assertEquals(
                List.of(
                        "arrived {'user':'ann'}",
                        "arrived {'user':'bob'}",
                        "said {'user':'bob','content':'one'}",
                        "arrived {'user':'eve'}",
                        "said {'user':'eve','content':'two'}"),
                ann.told("arrived", "said", "left"));
    }

    @Test
    void theHistoryIsOneTooAndIsToldInTheWordsOfWhoComes() {
        TestPage ann = page("ann");
        ann.send("say", "{'content':'from the page'}");
        chat.user("bob").connect("/ws/chat/7").send("{\"type\":\"message\",\"content\":\"from the socket\"}");

        TestPage eve = TestPage.in("room:7", chat.user("eve").connect(TOPICS), "{'last':2}");

        assertEquals(
                List.of(
                        "arrived {'user':'bob'}",
                        "said {'user':'bob','content':'from the socket'}",
                        "arrived {'user':'eve'}"),
                eve.told("arrived", "said"));
        JsonNode history = chat.user("zoe").connect("/ws/chat/7").receiveJson();
        assertEquals("from the page", history.at("/messages/1/content").asText());
        assertEquals("bob joined", history.at("/messages/2/content").asText());
        assertEquals("from the socket", history.at("/messages/3/content").asText());
    }

    @Test
    void sayingSomethingAgainSaysItOnceAndIsAnsweredAlike() {
        TestPage bob = page("bob");
        TestPage first = page("ann");
        first.send("say", "{'content':'hi'}", ",'ref':'1','idempotency_key':'k'");
        List<String> ack = first.told("ack");
        first.breakOff();

        TestPage second = page("ann");
        second.send("say", "{'content':'hi'}", ",'ref':'1','idempotency_key':'k'");

        assertTrue(ack.get(0).contains("'offset':3"), ack::toString);
        assertEquals(ack, second.told("ack"));
        assertEquals(1, bob.told("said").size());
    }

    @Test
    void nothingAndTooMuchIsRefused() {
        TestPage ann = page("ann");

        ann.send("say", "{'content':' '}");
        ann.send("say", "{'content':'" + "x".repeat(4_001) + "'}");

        List<String> errors = ann.told("error", "said");
        assertEquals(2, errors.size());
        assertTrue(errors.stream().allMatch(error -> error.contains("'reason':'invalid'")), errors::toString);
    }

    @Test
    void whoIsTypingIsToldToAllClientsThatHaveWordsForIt() {
        TestPage ann = page("ann");
        TestClient bob = chat.user("bob").connect("/ws/chat/7");
        TestClient eve = chat.user("eve").connect("/chat/7").skipAll();
        bob.skipAll();

        bob.send("{\"type\":\"typing\"}");
        ann.send("typing", "{'typing':true}");

        assertEquals(List.of("typing {'user':'bob','name':'bob','typing':true}"), ann.told("typing"));
        assertEquals(
                List.of(
                        "{\"type\":\"typing\",\"user\":\"bob\",\"is_typing\":true}",
                        "{\"type\":\"typing\",\"user\":\"ann\",\"is_typing\":true}"),
                bob.receiveAll());
        eve.assertSilent();
        bob.send("{\"type\":\"message\",\"content\":\"hi\"}");
        assertEquals(List.of("typing {'user':'bob','name':'bob','typing':false}"), ann.told("typing"));
    }

    @Test
    void onePageIsToldThatTheOtherIsTyping() {
        TestPage ann = page("ann");
        TestPage bob = page("bob");

        bob.send("typing", "{'typing':true}");

        assertEquals(List.of("typing {'user':'bob','name':'bob','typing':true}"), ann.told("typing"));
        assertEquals(List.of(), bob.told("typing"));
        chat.advance(Duration.ofSeconds(7));
        assertEquals(List.of("typing {'user':'bob','name':'bob','typing':false}"), ann.told("typing"));
    }

    @Test
    void havingReceivedSomethingEndsNoTyping() {
        TestPage ann = page("ann");
        TestPage bob = page("bob");

        bob.send("typing", "{'typing':true}");
        bob.send("received", "{'offset':1}");

        assertEquals(List.of("typing {'user':'bob','name':'bob','typing':true}"), ann.told("typing"));
    }

    @Test
    void whoIsHereIsKnownWhateverTheyUseAndOnlyPagesAreToldByPresence() {
        TestClient bob = chat.user("bob").connect("/ws/chat/7").skipAll();
        TestClient eve = chat.user("eve").connect("/chat/7").skipAll();
        bob.skipAll();

        TestPage ann = page("ann");

        assertTrue(ann.told("presence_state").get(0).matches(".*'id':'bob'.*'id':'eve'.*"));
        assertEquals(List.of("{\"type\":\"system\",\"content\":\"ann joined\"," + AT + "}"), bob.receiveAll());
        assertEquals(List.of("{\"type\":\"system\",\"message\":\"ann joined the chat\"," + AT + "}"), eve.receiveAll());
        assertEquals(
                "{\"type\":\"online_users\",\"users\":[\"bob\",\"eve\",\"ann\",\"zoe\"]}",
                chat.user("zoe").connect("/ws/chat/7").receiveAll().get(2));
    }

    @Test
    void whoGoesIsMissedByTheOthersAtOnceAndByPresenceAfterAWhile() {
        TestPage ann = page("ann");
        TestClient bob = chat.user("bob").connect("/ws/chat/7");
        ann.told();

        bob.breakOff();

        assertEquals(List.of("left {'user':'bob'}"), ann.told("left", "presence_diff"));
        chat.advance(Duration.ofSeconds(11));
        assertTrue(ann.told("presence_diff").get(0).contains("'leaves':['bob']"));
    }

    @Test
    void howFarMessagesWereDeliveredOnlyPagesAreTold() {
        TestPage ann = page("ann");
        TestPage bob = page("bob");
        TestClient eve = chat.user("eve").connect("/ws/chat/7").skipAll();
        ann.send("say", "{'content':'hi'}");
        eve.skipAll();

        bob.send("received", "{'offset':3}");

        assertEquals(List.of("delivered {'user':'bob','offset':3}"), ann.told("delivered"));
        eve.assertSilent();
    }

    private TestPage page(String user) {
        return TestPage.in("room:7", chat.user(user).connect(TOPICS));
    }
}

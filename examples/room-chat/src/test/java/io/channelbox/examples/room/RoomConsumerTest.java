package io.channelbox.examples.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames to the letter, as the original clients read them. */
class RoomConsumerTest {

    private static final String AT = "\"timestamp\":\"2026-01-01T00:00:00Z\"";

    private final Directory directory = new Directory();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting(
                    "/ws/chat/{room_id}", () -> sockets().room())
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
    void theFirstIsToldOfTheirOwnArrivalAndWhoIsHere() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7");

        assertEquals("{\"type\":\"system\",\"content\":\"ann joined\"," + AT + "}", ann.receive());
        assertEquals("{\"type\":\"online_users\",\"users\":[\"ann\"]}", ann.receive());
        ann.assertSilent();
    }

    @Test
    void whoComesLaterIsToldTheHistoryFirst() {
        TestClient ann = enter("ann");
        ann.send("{\"type\":\"message\",\"content\":\"hi\"}");

        TestClient bob = chat.user("bob").connect("/ws/chat/7");

        assertEquals(
                "{\"type\":\"history\",\"messages\":[{\"type\":\"system\",\"content\":\"ann joined\"," + AT
                        + "},{\"type\":\"message\",\"user\":\"ann\",\"content\":\"hi\"," + AT + "}]}",
                bob.receive());
        assertEquals("{\"type\":\"system\",\"content\":\"bob joined\"," + AT + "}", bob.receive());
        assertEquals("{\"type\":\"online_users\",\"users\":[\"ann\",\"bob\"]}", bob.receive());
        bob.assertSilent();
    }

    @Test
    void aMessageGoesToEveryoneInTheRoomItsSenderIncluded() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        TestClient elsewhere = chat.user("eve").connect("/ws/chat/8").skipAll();
        ann.skipAll();

        ann.send("{\"type\":\"message\",\"content\":\"<b>\\\"hi\\\" 你好</b>\"}");

        String said = "{\"type\":\"message\",\"user\":\"ann\",\"content\":\"<b>\\\"hi\\\" 你好</b>\"," + AT + "}";
        assertEquals(said, ann.receive());
        assertEquals(said, bob.receive());
        ann.assertSilent();
        elsewhere.assertSilent();
    }

    @Test
    void aPrivateMessageFindsItsRecipientInWhateverFormTheNameIsWritten() {
        TestClient zoe = enter("Zo\u00eb");
        TestClient ann = enter("ann");
        zoe.skipAll();

        ann.send("{\"type\":\"private_message\",\"to_user\":\"Zoe\u0308\",\"content\":\"hi\"}");

        assertEquals("hi", zoe.receiveJson().get("content").asText());
        ann.assertSilent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'typing','is_typing':true}|true",
                "{'type':'typing','is_typing':false}|false",
                "{'type':'typing'}|true"
            })
    void typingGoesToEveryoneItsAuthorIncludedAndIsNotKept(String sent, boolean typing) {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();

        ann.send(sent.replace('\'', '"'));

        String told = "{\"type\":\"typing\",\"user\":\"ann\",\"is_typing\":" + typing + "}";
        assertEquals(told, ann.receive());
        assertEquals(told, bob.receive());
        assertFalse(
                chat.user("eve").connect("/ws/chat/7").receive().contains("typing"), "a history remembers no typing");
    }

    @Test
    void theOthersAreToldWhoHasLeftAndTheRoomRemembersIt() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();

        bob.breakOff();

        assertEquals("{\"type\":\"system\",\"content\":\"bob left\"," + AT + "}", ann.receive());
        ann.assertSilent();
        JsonNode history = chat.user("eve").connect("/ws/chat/7").receiveJson();
        assertEquals("bob left", history.at("/messages/2/content").asText());
    }

    @Test
    void aSecondTabIsToldEverythingAndTheOthersNothing() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();

        TestClient bobsPhone = chat.user("bob").connect("/ws/chat/7");

        assertEquals(List.of("history", "system", "online_users"), typesOf(bobsPhone));
        ann.assertSilent();
        bob.assertSilent();
        bobsPhone.close();
        ann.assertSilent();
        bob.close();
        assertEquals("bob left", ann.receiveJson().get("content").asText());
    }

    @Test
    void whoIsHereIsToldByUserAndNotByTabAndNamesAreWhole() {
        enter("mary_jane");
        enter("mary_jane");

        TestClient bob = chat.user("bob").connect("/ws/chat/7");
        bob.receive();
        bob.receive();

        assertEquals("{\"type\":\"online_users\",\"users\":[\"mary_jane\",\"bob\"]}", bob.receive());
    }

    @Test
    void theHistoryIsTheNewestFiftyOldestFirst() {
        TestClient ann = enter("ann");
        for (int i = 1; i <= 60; i++) {
            ann.send("{\"type\":\"message\",\"content\":\"" + i + "\"}");
        }

        JsonNode history = chat.user("bob").connect("/ws/chat/7").receiveJson();

        assertEquals(50, history.get("messages").size());
        assertEquals("11", history.at("/messages/0/content").asText());
        assertEquals("60", history.at("/messages/49/content").asText());
    }

    @Test
    void aPrivateMessageReachesEveryDeviceOfItsRecipientAndNobodyElse() {
        TestClient ann = enter("ann");
        TestClient desktop = enter("mary_jane");
        TestClient phone = chat.user("mary_jane").connect("/ws/chat/8").skipAll();
        TestClient old = chat.user("mary_jane").connect("/dm/ann").skipAll();
        TestClient eve = enter("eve");
        ann.skipAll();
        desktop.skipAll();

        ann.send("{\"type\":\"private_message\",\"to_user\":\"mary_jane\",\"content\":\"psst\"}");

        String told = "{\"type\":\"private\",\"from_user\":\"ann\",\"content\":\"psst\"," + AT + "}";
        assertEquals(told, desktop.receive());
        assertEquals(told, phone.receive());
        assertEquals("{\"type\":\"direct_message\",\"from\":\"ann\",\"content\":\"psst\"," + AT + "}", old.receive());
        ann.assertSilent();
        eve.assertSilent();
    }

    @Test
    void privateMessagesWaitForWhoIsAwayAndAreToldOnce() {
        TestClient ann = enter("ann");
        enter("bob").close();
        ann.send("{\"type\":\"private_message\",\"to_user\":\"bob\",\"content\":\"one\"}");
        ann.send("{\"type\":\"private_message\",\"to_user\":\"bob\",\"content\":\"two\"}");

        TestClient bob = chat.user("bob").connect("/ws/chat/8");

        assertEquals(List.of("system", "online_users", "private", "private"), typesOf(bob));
        bob.close();
        TestClient back = chat.user("bob").connect("/ws/chat/9");
        assertEquals(List.of("system", "online_users"), typesOf(back));
    }

    @Test
    void whatOneDeviceWasToldIsNotToldToTheNext() {
        TestClient ann = enter("ann");
        enter("bob");
        ann.send("{\"type\":\"private_message\",\"to_user\":\"bob\",\"content\":\"one\"}");

        TestClient phone = chat.user("bob").connect("/ws/chat/8");

        assertEquals(List.of("system", "online_users"), typesOf(phone));
    }

    @Test
    void aPrivateMessageToSomebodyWhoWasNeverHereIsAnError() {
        TestClient ann = enter("ann");

        ann.send("{\"type\":\"private_message\",\"to_user\":\"bob\",\"content\":\"psst\"}");
        assertEquals("unknown_user", ann.receiveJson().get("code").asText());
        ann.send("{\"type\":\"private_message\",\"to_user\":\"" + "x".repeat(10_000) + "\",\"content\":\"psst\"}");
        assertEquals("unknown_user", ann.receiveJson().get("code").asText());

        TestClient bob = chat.user("bob").connect("/ws/chat/8");
        assertEquals(List.of("system", "online_users"), typesOf(bob));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json|malformed",
                "[]|malformed",
                "{'content':'hi'}|invalid",
                "{'type':'shout','content':'hi'}|unknown_type",
                "{'type':'message'}|invalid",
                "{'type':'message','content':'  '}|invalid",
                "{'type':'message','content':null}|invalid",
                "{'type':'message','content':{'a':1}}|invalid",
                "{'type':'typing','is_typing':'perhaps'}|invalid",
                "{'type':'private_message','content':'psst'}|invalid",
                "{'type':'private_message','to_user':'ann'}|invalid",
                "{'type':'private_message','to_user':'','content':'psst'}|unknown_user",
                "{'type':'message','content':'hi','ref':''}|invalid"
            })
    void aMistakeIsAnsweredAndTheConnectionLives(String sent, String code) {
        TestClient ann = enter("ann");

        ann.send(sent.replace('\'', '"'));

        JsonNode error = ann.receiveJson();
        assertEquals("error", error.get("type").asText());
        assertEquals(code, error.get("code").asText());
        ann.send("{\"type\":\"message\",\"content\":\"still here\"}");
        assertEquals("still here", ann.receiveJson().get("content").asText());
    }

    @ParameterizedTest
    @ValueSource(ints = {4_001, 20_000})
    void aMessageThatIsTooLongIsAnswered(int length) {
        TestClient ann = enter("ann");

        ann.send("{\"type\":\"message\",\"content\":\"" + "x".repeat(length) + "\"}");

        assertEquals("invalid", ann.receiveJson().get("code").asText());
        ann.send("{\"type\":\"message\",\"content\":\"" + "x".repeat(4_000) + "\"}");
        assertEquals("message", ann.receiveJson().get("type").asText());
    }

    @Test
    void jsonThatIsTooDeepIsAnsweredAndBinaryGarbageToo() {
        TestClient ann = enter("ann");

        ann.send("{\"type\":\"message\",\"content\":" + "[".repeat(10_000));
        assertEquals("error", ann.receiveJson().get("type").asText());
        ann.sendBinary(new byte[] {(byte) 0xff, 0, 1});
        assertEquals("malformed", ann.receiveJson().get("code").asText());

        assertFalse(ann.isClosed());
    }

    @Test
    void aFrameThatIsLargerThanAnyoneNeedsClosesItsSenderOnly() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");

        bob.send("x".repeat(70_000));

        bob.assertClosed(1009);
        assertFalse(ann.isClosed());
    }

    @Test
    void aFrameWithARefIsAcknowledgedAndRepeatingItSaysNothingTwice() {
        TestClient ann = enter("ann");
        String frame = "{\"type\":\"message\",\"content\":\"hi\",\"ref\":\"r1\"}";

        ann.send(frame);
        assertEquals("message", ann.receiveJson().get("type").asText());
        assertEquals("{\"type\":\"ack\",\"ref\":\"r1\"}", ann.receive());
        ann.breakOff();
        TestClient again = enter("ann");
        again.send(frame);

        assertEquals("{\"type\":\"ack\",\"ref\":\"r1\"}", again.receive());
        again.assertSilent();
    }

    @Test
    void anErrorNamesTheRefOfItsFrameAndOfNoEarlierOne() {
        TestClient ann = enter("ann");

        ann.send("{\"type\":\"message\",\"ref\":\"r1\"}");
        assertEquals("r1", ann.receiveJson().get("ref").asText());
        ann.send("nonsense");
        assertFalse(ann.receiveJson().has("ref"));
    }

    @Test
    void aHeartbeatIsAnsweredAndNobodyHearsOfIt() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();

        ann.send("{\"type\":\"heartbeat\"}");

        assertEquals("{\"type\":\"heartbeat_ack\"}", ann.receive());
        bob.assertSilent();
    }

    @Test
    void aRoomThatCanHaveNoSuchNameIsNoRoom() {
        assertTrue(chat.user("ann")
                .connect("/ws/chat/" + "x".repeat(300))
                .refusal()
                .isPresent());
        assertTrue(chat.user("ann").connect("/ws/chat/%00").refusal().isPresent());
        chat.user("ann").connect("/ws/chat/zero%E2%80%8Bwidth").assertClosed(4404);
    }

    @Test
    void timesAreThoseOfTheServerInUtc() {
        TestClient ann = enter("ann");
        chat.advance(Duration.ofMillis(1_234));

        ann.send("{\"type\":\"message\",\"content\":\"hi\"}");

        assertEquals(
                "2026-01-01T00:00:01.234Z", ann.receiveJson().get("timestamp").asText());
    }

    private TestClient enter(String user) {
        return chat.user(user).connect("/ws/chat/7").skipAll();
    }

    private static List<String> typesOf(TestClient client) {
        List<String> types = new ArrayList<>();
        for (String frame : client.receiveAll()) {
            types.add(frame.replaceAll("^\\{\"type\":\"([a-z_]+)\".*", "$1"));
        }
        return types;
    }
}

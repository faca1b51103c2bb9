package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.OutboxLimits;
import io.channelbox.consumer.AuthenticationReply;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ErrorReply;
import io.channelbox.event.ChatEvent;
import io.channelbox.message.Frame;
import io.channelbox.message.UserId;
import io.channelbox.testkit.ChatRoom.Notice;
import io.channelbox.testkit.ChatRoom.Said;
import io.channelbox.testkit.ChatRoom.Say;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestChatTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/ws/chat/{room_id}", ChatRoom::new)
            .and("/echo", Mirror::new)
            .and("/closed", Closed::new)
            .authenticate(handshake -> handshake
                    .query("token")
                    .filter("secret"::equals)
                    .map(token -> AuthResult.accept(User.named("tom")))
                    .orElse(AuthResult.notAuthenticated("no token")));

    /** Answers text with text and bytes with bytes. */
    static class Mirror extends ChannelConsumer<Frame> {
        @Override
        protected void onReceive(Channel me, Frame frame) {
            me.send(frame);
        }
    }

    /** Lets nobody in. */
    static class Closed extends ChannelConsumer<String> {
        @Override
        protected void onConnect(Channel me) {
            throw new CloseException(4003, "not today");
        }

        @Override
        protected void onReceive(Channel me, String message) {}
    }

    private TestClient enter(String name) {
        return chat.user(name).connect("/ws/chat/7").skipAll();
    }

    @Test
    void everyoneInTheRoomReadsWhatAnyoneSays() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();

        ann.send(new Say("hello"));

        assertEquals(new Said("ann", "hello"), ann.receive(Said.class));
        assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
        bob.assertSilent();
    }

    @Test
    void roomsDoNotHearEachOther() {
        TestClient ann = enter("ann");
        TestClient eve = chat.user("eve").connect("/ws/chat/8").skipAll();

        ann.send(new Say("hello"));

        eve.assertSilent();
    }

    @Test
    void aNewcomerReadsWhatWasSaidBeforeAndThenWhatIsSaid() {
        enter("ann").send(new Say("before"));

        TestClient bob = chat.user("bob").connect("/ws/chat/7");

        assertEquals("{\"past\":[{\"user\":\"ann\",\"text\":\"before\"}]}", bob.receive());
        assertEquals(new Notice("bob joined"), bob.receive(Notice.class));
        bob.assertSilent();
    }

    @Test
    void theOthersLearnThatSomeoneLeft() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();

        bob.close();

        assertEquals(new Notice("bob left"), ann.receive(Notice.class));
        assertEquals(1, chat.box().group("chat:7").size());
    }

    @Test
    void everyConnectionOfAUserIsADevice() {
        TestUser ann = chat.user("ann");
        TestClient phone = ann.connect("/ws/chat/7");
        TestClient laptop = ann.connect("/ws/chat/8");
        phone.skipAll();
        laptop.skipAll();

        assertEquals(
                2, chat.box().sendToUser(new UserId("ann"), new Notice("psst")).queued());

        assertEquals(new Notice("psst"), phone.receive(Notice.class));
        assertEquals(new Notice("psst"), laptop.receive(Notice.class));
    }

    @Test
    void textAndBytesComeBackAsTheyAre() {
        TestClient client = chat.user("ann").connect("/echo");

        client.send("hello");
        client.sendBinary(new byte[] {1, 2});

        assertEquals("hello", client.receive());
        assertArrayEquals(new byte[] {1, 2}, client.receiveBinary());
    }

    @Test
    void aReadThatFindsSomethingElseSaysWhatAndTakesNothing() {
        TestClient client = chat.user("ann").connect("/echo");
        client.send("hello");

        AssertionError notBinary = assertThrows(AssertionError.class, client::receiveBinary);
        AssertionError notJson = assertThrows(AssertionError.class, () -> client.receive(Said.class));

        assertTrue(notBinary.toString().contains("text: hello"), notBinary.toString());
        assertTrue(notJson.toString().contains("text: hello"), notJson.toString());
        assertEquals("hello", client.receive());
    }

    @Test
    void aReadThatFindsNothingLeavesTheClientUsable() {
        TestClient client = chat.user("ann").connect("/echo");

        AssertionError nothing = assertThrows(AssertionError.class, client::receive);

        assertEquals("expected a text frame, but nothing came; the connection is open", nothing.getMessage());
        client.send("hello");
        assertEquals("hello", client.receive());
    }

    @Test
    void aReadOfAClosedConnectionSaysHowItWasClosed() {
        TestClient client = chat.user("ann").connect("/closed");

        AssertionError nothing = assertThrows(AssertionError.class, client::receive);

        assertEquals(
                "expected a text frame, but nothing came; the connection is closed with 4003 not today",
                nothing.getMessage());
        client.assertClosed(4003);
        client.assertSilent();
    }

    @Test
    void aRecordWithoutAllItsFieldsIsNotThatRecord() {
        TestClient ann = enter("ann");

        ann.send("not json");

        assertThrows(AssertionError.class, () -> ann.receive(Said.class));
        assertEquals("malformed", ann.receive(ErrorReply.class).code());
        assertFalse(ann.isClosed());
    }

    @Test
    void anUnexpectedFrameIsNamedWhenSilenceIsExpected() {
        TestClient client = chat.user("ann").connect("/echo");
        client.send("surprise");

        AssertionError more = assertThrows(AssertionError.class, client::assertSilent);

        assertEquals("expected silence, but got [text: surprise]", more.getMessage());
    }

    @Test
    void whoIsNotNamedIsAskedForCredentials() {
        TestClient stranger = chat.anyone().connect("/echo?token=wrong");
        TestClient tom = chat.anyone().connect("/echo?token=secret");

        assertEquals(
                AuthResult.Reason.NOT_AUTHENTICATED,
                stranger.refusal().orElseThrow().reason());
        assertTrue(stranger.isClosed());
        assertEquals(new UserId("tom"), tom.channel().user().id());
    }

    @Test
    void aPathWhereNothingIsMountedIsRefused() {
        TestClient lost = chat.user("ann").connect("/nowhere");

        assertEquals(AuthResult.Reason.NOT_FOUND, lost.refusal().orElseThrow().reason());
        AssertionError unusable = assertThrows(AssertionError.class, () -> lost.send("hello"));
        assertTrue(unusable.toString().contains("nothing is mounted at /nowhere"), unusable.toString());
    }

    @Test
    void whoIsRefusedMayBeToldWhyAndIsThenClosed() {
        try (TestChat telling = TestChat.create()
                .authenticate(handshake -> AuthResult.forbidden("members only"))
                .mount("/told", ConsumerOptions.DEFAULT.tellingOfAuthentication(), ChatRoom::new)) {
            TestClient stranger = telling.anyone().connect("/told");

            assertEquals(403, stranger.receive(AuthenticationReply.class).statusCode());
            assertEquals(Optional.of(new CloseStatus(4403, "members only")), stranger.closeStatus());
            assertEquals(
                    AuthResult.Reason.FORBIDDEN,
                    stranger.refusal().orElseThrow().reason());
            assertTrue(telling.box().channels().isEmpty());
        }
    }

    @Test
    void whoIsBannedBetweenHandshakeAndOpeningIsToldToo() {
        try (TestChat telling = TestChat.create()) {
            telling.mount("/told", ConsumerOptions.DEFAULT.tellingOfAuthentication(), () -> {
                telling.box().ban(new UserId("ann"), Duration.ofMinutes(1)); // it is made when ann has been admitted
                return new ChatRoom();
            });
            telling.box().unban(new UserId("ann"));
            TestClient ann = telling.user("ann").connect("/told");

            assertEquals(403, ann.receive(AuthenticationReply.class).statusCode());
            assertEquals(4403, ann.closeStatus().orElseThrow().code());
            assertTrue(ann.refusal().isPresent());
            assertTrue(telling.box().channels().isEmpty());
        }
    }

    @Test
    void theHandshakeHasQueryAndHeaders() {
        TestClient client = chat.user("ann").withHeader("Cookie", "theme=dark").connect("/echo?lang=de&x=1%202");

        assertEquals("de", client.channel().handshake().query("lang").orElseThrow());
        assertEquals("1 2", client.channel().handshake().query("x").orElseThrow());
        assertEquals("dark", client.channel().handshake().cookie("theme").orElseThrow());
    }

    @Test
    void someoneWhoStopsReadingGetsTheRestWhenTheyReadAgain() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();
        bob.stopReading();

        for (String text : List.of("a", "b", "c")) {
            ann.send(new Say(text));
        }

        bob.assertSilent();
        assertEquals(3, ann.receiveAll().size());
        bob.readAgain();
        assertEquals(3, bob.receiveAll().size());
    }

    @Test
    void someoneWhoseSendsFailIsGoneAndTheOthersAreNot() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();
        bob.failSends();

        ann.send(new Say("hello"));

        assertEquals(List.of("{\"user\":\"ann\",\"text\":\"hello\"}", "{\"notice\":\"bob left\"}"), ann.receiveAll());
        assertTrue(bob.isClosed());
    }

    @Test
    void someoneWhoVanishesIsMissedAfterAWhile() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        ann.skipAll();
        bob.vanish();

        chat.advance(Duration.ofSeconds(33));

        assertEquals(new Notice("bob left"), ann.receive(Notice.class));
        ann.assertSilent();
        assertTrue(chat.chat().events().stream()
                .anyMatch(event -> event instanceof ChatEvent.ChannelClosed closed
                        && closed.code() == CloseStatus.DEAD_PEER.code()));
        assertFalse(ann.isClosed());
    }

    @Test
    void aBrokenConnectionIsReportedAs1006() {
        TestClient ann = enter("ann");

        ann.breakOff();

        ChatEvent.ChannelClosed closed = chat.chat().events().stream()
                .filter(ChatEvent.ChannelClosed.class::isInstance)
                .map(ChatEvent.ChannelClosed.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(1006, closed.code());
    }

    @Test
    void whatABoxIsToldToDoOtherwiseItDoesOtherwise() {
        try (TestChat small = TestChat.with(settings -> settings.outbox(OutboxLimits.DEFAULT.withFrames(2)))
                .mount("/echo", Echo::new)) {
            TestClient slow = small.user("ann").connect("/echo");
            slow.stopReading();

            for (int i = 0; i < 4; i++) {
                small.box().sendTo(slow.channel().id(), "frame " + i);
            }

            slow.assertClosed(CloseStatus.TOO_SLOW.code());
        }
    }

    @Test
    void theEndOfATestEndsEverything() {
        TestChat ending = TestChat.create().mount("/ws/chat/{room_id}", ChatRoom::new);
        TestClient ann = ending.user("ann").connect("/ws/chat/7");
        TestClient bob = ending.user("bob").connect("/ws/chat/7");
        bob.vanish();

        ending.close();

        assertEquals(List.of(), ending.box().channels());
        assertEquals(0, ending.clock().scheduledTasks());
        assertFalse(ann.channel().isOpen());
        assertFalse(bob.channel().isOpen());
    }

    @RepeatedTest(2)
    void everyTestStartsEmpty() {
        assertEquals(Set.of(), chat.box().groups());
        assertEquals(List.of(), chat.events());

        enter("ann").send(new Say("left over"));
    }
}

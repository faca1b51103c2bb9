package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is let in, and what a test can say of it. */
class HandshakesTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/whoami", WhoAmI::new)
            .and("/adults", Adults::new)
            .and("/counting", Counting::new)
            .subprotocols("chat.v2", "chat.v1")
            .authenticate(HandshakesTest::authenticate);

    /** Knows users by everything a handshake can carry. */
    private static AuthResult authenticate(Handshake handshake) {
        return handshake
                .header("Authorization")
                .map(header -> header.substring("Bearer ".length()))
                .or(() -> handshake.cookie("user"))
                .or(() -> Optional.ofNullable(handshake.session().get("user")).map(Object::toString))
                .or(() -> handshake.principal().map(Principal::getName))
                .or(() -> handshake.query("user"))
                .map(name -> AuthResult.accept(User.named(name)))
                .orElse(AuthResult.notAuthenticated("who are you?"));
    }

    /** Says who somebody is. */
    static class WhoAmI extends ChannelConsumer<String> {
        @Override
        protected void onReceive(Channel me, String question) {
            me.send(me.user().name());
        }
    }

    /** Lets nobody in whose name is too short. */
    static class Adults extends WhoAmI {
        @Override
        protected void onConnect(Channel me) {
            if (me.user().name().length() < 3) {
                throw new PeerException(PeerException.NOT_ALLOWED, "come back later");
            }
        }
    }

    /** Counts, in JSON. */
    static class Counting extends ChannelConsumer<Integer> {
        @Override
        protected void onReceive(Channel me, Integer number) {
            me.send(number + 1);
        }
    }

    private static void assertKnownAs(String name, TestUser user) {
        TestClient client = user.connect("/whoami").assertAuthenticated();
        client.send("who am I?");
        assertEquals(name, client.receive());
    }

    @Test
    void whateverAHandshakeCarriesReachesTheAuthenticator() {
        assertKnownAs("tina", chat.anyone().withToken("tina"));
        assertKnownAs("carl", chat.anyone().withCookie("theme", "dark").withCookie("user", "carl"));
        assertKnownAs("sam", chat.anyone().withSession("user", "sam"));
        assertKnownAs("pia", chat.anyone().withPrincipal("pia"));
    }

    @Test
    void whoIsNotKnownIsRefusedInTheHandshake() {
        TestClient stranger = chat.anyone().connect("/whoami");

        stranger.assertRefused(401);
        AssertionError outside = assertThrows(AssertionError.class, stranger::assertAuthenticated);

        assertEquals(
                "expected to be let in; the connection was refused: NOT_AUTHENTICATED who are you?",
                outside.getMessage());
        stranger.assertSilent();
    }

    @Test
    void aRefusalThatDidNotHappenIsNoRefusal() {
        TestClient ann = chat.user("ann").connect("/whoami");

        AssertionError inside = assertThrows(AssertionError.class, () -> ann.assertRefused(401));

        assertEquals("expected to be refused with 401; the connection is open", inside.getMessage());
        assertThrows(
                AssertionError.class, () -> chat.user("ann").connect("/nowhere").assertRefused(401));
    }

    @Test
    void whatIsNotThereIsRefusedAsNotFound() {
        chat.user("ann").connect("/nowhere").assertRefused(404);
    }

    @Test
    void whoIsClosedAfterTheHandshakeWasNotLetIn() {
        TestClient al = chat.user("al").connect("/adults");

        al.assertClosed(CloseStatus.POLICY.code());
        assertThrows(AssertionError.class, al::assertAuthenticated);
        assertThrows(AssertionError.class, () -> al.assertClosed(1000));
        chat.user("alice").connect("/adults").assertAuthenticated();
    }

    @Test
    void aBanEndsWithTime() {
        TestClient bob = chat.user("bob").connect("/whoami");

        chat.box().ban(new UserId("bob"), Duration.ofMinutes(1));

        bob.assertClosed(CloseStatus.FORBIDDEN.code());
        chat.user("bob").connect("/whoami").assertRefused(403);
        chat.advance(Duration.ofMinutes(2));
        chat.user("bob").connect("/whoami").assertAuthenticated();
    }

    @Test
    void theFirstSubprotocolThatBothSpeakIsAgreedOn() {
        TestUser ann = chat.user("ann");

        assertEquals(
                Optional.of("chat.v1"),
                ann.offering("chat.v3", "chat.v1", "chat.v2").connect("/whoami").subprotocol());
        assertEquals(Optional.empty(), ann.offering("mqtt").connect("/whoami").subprotocol());
        assertEquals(Optional.empty(), ann.connect("/whoami").subprotocol());
    }

    @Test
    void theLibrarysOwnSubprotocolIsAgreedOnWhereverJsonIsWritten() {
        TestUser ann = chat.user("ann").offering("channelbox.v1", "chat.v1");

        assertEquals(Optional.of("channelbox.v1"), ann.connect("/counting").subprotocol());
        assertEquals(Optional.of("chat.v1"), ann.connect("/whoami").subprotocol());
        assertEquals(
                Optional.of("chat.v1"),
                chat.user("ann")
                        .offering("chat.v1", "channelbox.v1")
                        .connect("/counting")
                        .subprotocol());
    }

    @Test
    void whoSpeaksTheLibrarysOwnSubprotocolTakesFramesApart() {
        TestClient ann = chat.user("ann").offering("channelbox.v1").connect("/counting");
        ann.stopReading();
        ann.send("1");
        ann.send("2");
        ann.send("3");

        ann.readAgain();

        assertEquals("2", ann.receive());
        assertEquals("3", ann.receive());
        assertEquals("4", ann.receive());
        ann.assertSilent();
    }

    @Test
    void anAuthenticatorThatFailsFailsTheTest() {
        try (TestChat broken = TestChat.create().mount("/whoami", WhoAmI::new).authenticate(handshake -> {
            throw new IllegalStateException("no database");
        })) {
            IllegalStateException failure = assertThrows(
                    IllegalStateException.class, () -> broken.anyone().connect("/whoami"));

            assertTrue(failure.toString().contains("no database"));
        }
    }
}

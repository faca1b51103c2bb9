package io.channelbox.docs.testing;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.User;
import io.channelbox.message.UserId;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WhoIsLetInTest {

    private static final Authenticator SESSIONS = handshake -> handshake
            .cookie("session")
            .filter("5e55103"::equals)
            .map(session -> AuthResult.accept(User.named("ann")))
            .orElse(AuthResult.notAuthenticated("log in first"));

    @RegisterExtension
    ChatExtension chat =
            ChatExtension.mounting("/ws/chat/{room}", ChatConsumer::new).authenticate(SESSIONS);

    @Test
    void whoHasASessionIsLetIn() {
        chat.anyone().withCookie("session", "5e55103").connect("/ws/chat/7").assertAuthenticated();
    }

    @Test
    void whoHasNoneIsRefused() {
        chat.anyone().connect("/ws/chat/7").assertRefused(401);
    }

    @Test
    void whoIsBannedIsOutUntilTheBanEnds() {
        TestClient bob = chat.user("bob").connect("/ws/chat/7"); // named, so nobody is asked

        chat.box().ban(new UserId("bob"), Duration.ofHours(1));

        bob.assertClosed(4403);
        chat.user("bob").connect("/ws/chat/7").assertRefused(403);
        chat.advance(Duration.ofHours(2));
        chat.user("bob").connect("/ws/chat/7").assertAuthenticated();
    }
}

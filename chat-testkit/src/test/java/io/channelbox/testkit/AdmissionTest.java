package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.User;
import io.channelbox.limit.Limits;
import io.channelbox.message.UserId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom the box lets in, and whom not. */
class AdmissionTest {

    private final TestChat chat = TestChat.with(settings -> settings.limits(Limits.NONE.withChannelsPerUser(2)))
            .mount("/echo", Echo::new)
            .authenticate(handshake -> AuthResult.accept(User.named("ann")));

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void oneConnectionTooManyIsRefusedInTheHandshakeUntilAnotherHasEnded() {
        TestClient first = chat.anyone().connect("/echo");
        TestClient second = chat.user("ann").connect("/echo");

        TestClient third = chat.anyone().connect("/echo");
        assertEquals(AuthResult.Reason.TOO_MANY, third.refusal().orElseThrow().reason());
        assertTrue(chat.user("bob").connect("/echo").refusal().isEmpty());
        first.close();

        TestClient fourth = chat.anyone().connect("/echo");
        fourth.send("hello");
        assertEquals("hello", fourth.receive());
        assertFalse(second.isClosed());
    }

    @Test
    void whoIsBannedIsClosedAndRefusedInTheHandshakeUntilTheBanEnds() {
        TestClient ann = chat.anyone().connect("/echo");

        chat.box().ban(new UserId("ann"), Duration.ofMinutes(1));

        assertEquals(4403, ann.closeStatus().orElseThrow().code());
        AuthResult.Rejected refusal = chat.anyone().connect("/echo").refusal().orElseThrow();
        assertEquals(AuthResult.Reason.FORBIDDEN, refusal.reason());
        assertEquals("banned", refusal.text());
        chat.advance(Duration.ofMinutes(1));
        assertTrue(chat.anyone().connect("/echo").refusal().isEmpty());
    }
}

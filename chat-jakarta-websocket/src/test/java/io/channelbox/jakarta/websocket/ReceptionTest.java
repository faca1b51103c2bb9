package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.Handshake;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReceptionTest {

    private static final String SECRET = "s3cr3t-t0ken";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.channelbox");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Handshake handshake = Handshake.at("/chat")
            .query("token", SECRET)
            .header("Cookie", "session=" + SECRET)
            .header("Authorization", "Bearer " + SECRET)
            .header("Sec-WebSocket-Protocol", "chat.v1, bearer." + SECRET)
            .session("user", SECRET)
            .build();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.TRACE);
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
        logger.setLevel(null);
    }

    @Test
    void whoThrowsLetsNobodyInAndIsLoggedWithoutItsWords() {
        AuthResult result = admit(Authenticators.query("token", token -> {
            throw new IllegalStateException("no key for " + token, new IllegalArgumentException("bad " + token));
        }));

        assertEquals(new AuthResult.Rejected(AuthResult.Reason.FAILED, "cannot authenticate now"), result);
        String log = log();
        assertTrue(log.contains("The authenticator failed for a handshake at /chat"), log);
        assertTrue(log.contains("java.lang.IllegalStateException"), log);
        assertTrue(log.contains("Wordless: java.lang.IllegalArgumentException"), log);
        assertTrue(log.contains("ReceptionTest"), log); // where it was thrown
        assertFalse(log.contains(SECRET), log);
    }

    @Test
    void noCredentialIsEverLogged() {
        admit(Authenticators.bearer(token -> AuthResult.notAuthenticated()));
        admit(Authenticators.cookie("session", token -> AuthResult.forbidden(token)));
        admit(Authenticators.subprotocol(token -> AuthResult.notFound(token)));
        admit(asked -> {
            throw new StackOverflowError(asked.header("Authorization").orElse(""));
        });

        assertFalse(log().contains(SECRET), log());
    }

    private AuthResult admit(Authenticator authenticator) {
        return new Reception(Optional::empty, authenticator, Origins.SAME_HOST)
                .admit(handshake)
                .result();
    }

    private String log() {
        var all = new StringBuilder();
        for (ILoggingEvent event : logged.list) {
            all.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                all.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        return all.toString();
    }
}

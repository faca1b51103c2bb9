package io.channelbox.testkit;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Someone who connects, any number of times: each client is a device of theirs. Immutable. */
public final class TestUser {

    private final TestChat chat;
    private final Optional<User> user;
    private final UnaryOperator<Handshake.Builder> handshake;

    TestUser(TestChat chat, Optional<User> user) {
        this(chat, user, UnaryOperator.identity());
    }

    private TestUser(TestChat chat, Optional<User> user, UnaryOperator<Handshake.Builder> handshake) {
        this.chat = chat;
        this.user = user;
        this.handshake = handshake;
    }

    /** Returns the same user, whose handshakes have one more header. */
    public TestUser withHeader(String name, String value) {
        return with(next -> next.header(name, value));
    }

    /** Returns the same user, whose handshakes have one more cookie. */
    public TestUser withCookie(String name, String value) {
        return withHeader("Cookie", name + "=" + value);
    }

    /** Returns the same user, who brings a token in the {@code Authorization} header. */
    public TestUser withToken(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    /** Returns the same user, who offers these subprotocols, the dearest first. */
    public TestUser offering(String... subprotocols) {
        return withHeader("Sec-WebSocket-Protocol", String.join(", ", subprotocols));
    }

    /** Returns the same user, who has an HTTP session with this attribute. */
    public TestUser withSession(String attribute, Object value) {
        return with(next -> next.session(attribute, value));
    }

    /** Returns the same user, whom the container has authenticated by this name. */
    public TestUser withPrincipal(String name) {
        return with(next -> next.principal(() -> name));
    }

    /**
     * Connects to a path, which may have a query. A refusal is no failure: ask the client.
     *
     * @see TestClient#assertAuthenticated()
     * @see TestClient#assertRefused(int)
     */
    public TestClient connect(String pathAndQuery) {
        return chat.connect(user, pathAndQuery, handshake);
    }

    private TestUser with(UnaryOperator<Handshake.Builder> more) {
        return new TestUser(chat, user, next -> more.apply(handshake.apply(next)));
    }
}

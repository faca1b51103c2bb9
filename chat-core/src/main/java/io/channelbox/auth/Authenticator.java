package io.channelbox.auth;

import io.channelbox.message.UserId;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Decides who opens a connection, before anything of it exists. {@link Authenticators} has those for the usual credentials,
 * and {@code AuthenticatorContract} in chat-testkit states as tests what one must do.
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Looks at the handshake. It is called once per connection, on the container's thread, by several threads at once, and
     * may block. Where the peer brought no credential of the kind it looks for, it answers {@link AuthResult#noCredential()}.
     * What it throws refuses the connection with {@link AuthResult.Reason#FAILED} and is logged, without its messages,
     * which could repeat a credential.
     */
    AuthResult authenticate(Handshake handshake);

    /** Returns the same authenticator, but who brings no credential is a guest. A bad credential is still refused. */
    default Authenticator orGuest() {
        return Authenticators.firstOf(this, guests());
    }

    /**
     * Returns the same authenticator, but this decision is the last word on whom it lets in: it may refuse them, or say more of
     * them. Of two times of expiry the earlier counts.
     *
     * <pre>{@code
     * tokens.then((handshake, user) -> rooms.find(handshake.path("room_id"))
     *         .map(room -> room.hasMember(user.id()) ? accept(user) : forbidden("members only"))
     *         .orElseGet(() -> notFound("no such room")))
     * }</pre>
     */
    default Authenticator then(BiFunction<? super Handshake, ? super User, ? extends AuthResult> decision) {
        Objects.requireNonNull(decision, "decision");
        return handshake -> {
            AuthResult known = authenticate(handshake);
            return known instanceof AuthResult.Accepted accepted
                    ? Authenticators.refined(accepted, decision.apply(handshake, accepted.user()))
                    : known;
        };
    }

    /** Returns an authenticator that lets everyone in, each as a guest of their own. */
    static Authenticator guests() {
        return handshake -> {
            String id = "guest-" + UUID.randomUUID().toString().substring(0, 13);
            return AuthResult.accept(new User(new UserId(id), id, Set.of("guest")));
        };
    }
}

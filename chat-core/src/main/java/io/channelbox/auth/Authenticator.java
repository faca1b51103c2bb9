package io.channelbox.auth;

import io.channelbox.message.UserId;
import java.util.Set;
import java.util.UUID;

/** Decides who opens a connection, before anything of it exists. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Looks at the handshake. It is called once per connection, on the container's thread, by several threads at once, and
     * may block. What it throws refuses the connection with {@link AuthResult.Reason#FAILED} and is logged.
     */
    AuthResult authenticate(Handshake handshake);

    /** Returns an authenticator that lets everyone in, each as a guest of their own. */
    static Authenticator guests() {
        return handshake -> {
            String id = "guest-" + UUID.randomUUID().toString().substring(0, 13);
            return AuthResult.accept(new User(new UserId(id), id, Set.of("guest")));
        };
    }
}

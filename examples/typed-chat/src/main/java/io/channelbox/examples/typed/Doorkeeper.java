package io.channelbox.examples.typed;

import static io.channelbox.auth.AuthResult.accept;
import static io.channelbox.auth.AuthResult.forbidden;
import static io.channelbox.auth.AuthResult.notAuthenticated;
import static io.channelbox.auth.AuthResult.notFound;
import static io.channelbox.auth.Authenticators.firstOf;
import static io.channelbox.auth.Authenticators.query;
import static io.channelbox.auth.Authenticators.session;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import java.util.Optional;

/** Decides who opens a socket: who is logged in, and, where the path names a room, is a member of it. */
final class Doorkeeper {

    private Doorkeeper() {}

    /** Returns an authenticator that knows users by their login, and in a demo by {@code ?user=}. */
    static Authenticator of(Rooms rooms, boolean demo) {
        Authenticator login = session(LoginServlet.USERNAME);
        Authenticator known = demo ? firstOf(query("user", Doorkeeper::named), login) : login;
        return known.then((handshake, user) -> admission(rooms, handshake, user));
    }

    private static AuthResult named(String name) {
        return Username.of(name).map(known -> accept(User.named(known.value()))).orElseGet(() -> notAuthenticated());
    }

    private static AuthResult admission(Rooms rooms, Handshake handshake, User user) {
        Optional<String> room = Optional.ofNullable(handshake.pathParameters().get("room_id"));
        if (room.isEmpty() || rooms.hasMember(room.get(), user.id())) {
            return accept(user);
        }
        return rooms.find(room.get()).isPresent()
                ? forbidden("You are not a member of this room.")
                : notFound("There is no such room.");
    }
}

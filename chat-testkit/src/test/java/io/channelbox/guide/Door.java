package io.channelbox.guide;

import static io.channelbox.auth.AuthResult.accept;
import static io.channelbox.auth.AuthResult.forbidden;
import static io.channelbox.auth.AuthResult.notFound;
import static io.channelbox.auth.Authenticators.bearer;
import static io.channelbox.auth.Authenticators.cookie;
import static io.channelbox.auth.Authenticators.firstOf;
import static io.channelbox.auth.Authenticators.subprotocol;

import io.channelbox.auth.Authenticator;
import io.channelbox.auth.TokenVerifier;
import io.channelbox.message.UserId;
import java.util.Map;
import java.util.Set;

final class Door {

    private final Map<String, Set<UserId>> membersByRoom;

    Door(Map<String, Set<UserId>> membersByRoom) {
        this.membersByRoom = membersByRoom;
    }

    Authenticator guardedBy(TokenVerifier tokens) {
        return firstOf(bearer(tokens), subprotocol(tokens), cookie("session", tokens))
                .then((handshake, user) -> {
                    Set<UserId> members = membersByRoom.get(handshake.path("room_id"));
                    if (members == null) {
                        return notFound("no such room");
                    }
                    return members.contains(user.id()) ? accept(user) : forbidden("members only");
                });
    }
}

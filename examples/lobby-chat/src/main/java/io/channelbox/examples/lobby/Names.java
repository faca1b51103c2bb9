package io.channelbox.examples.lobby;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelInterceptor;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.message.ChannelId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names in use: 1 to 20 letters, digits, _ or -, each held by one visitor at a time, whether in upper or lower case. */
final class Names implements Authenticator, ChannelInterceptor {

    private static final Set<String> RESERVED = Set.of("admin", "lobby", "server", "system");

    private final Map<String, ChannelId> holders = new ConcurrentHashMap<>();

    /** Answers as HTTP would: 200 for a free name, 409 for a taken one, 400 for what is no name. */
    int status(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.matches("[a-z0-9_-]{1,20}") || RESERVED.contains(lower)
                ? 400
                : holders.containsKey(lower) ? 409 : 200;
    }

    @Override
    public AuthResult authenticate(Handshake handshake) {
        String name = handshake.path("username");
        return switch (status(name)) {
            case 200 -> AuthResult.accept(User.named(name));
            case 409 -> AuthResult.forbidden("this name is taken");
            default -> AuthResult.forbidden("a name is 1 to 20 letters, digits, _ or -, and not a reserved one");
        };
    }

    @Override
    public void onConnect(Channel visitor) {
        if (holders.putIfAbsent(nameOf(visitor), visitor.id())
                != null) { // free in the handshake, but another was faster
            throw new CloseException(CloseStatus.REPLACED.because("this name is taken"));
        }
    }

    @Override
    public void onDisconnect(Channel visitor, CloseStatus status) {
        holders.remove(nameOf(visitor), visitor.id());
    }

    private static String nameOf(Channel visitor) {
        return visitor.user().name().toLowerCase(Locale.ROOT);
    }
}

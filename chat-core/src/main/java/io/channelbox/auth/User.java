package io.channelbox.auth;

import io.channelbox.message.UserId;
import java.util.Objects;
import java.util.Set;

/**
 * Who is at the other end of a channel.
 *
 * @param id who they are, whatever device they use
 * @param name what others see
 * @param roles what they may be asked for, in the application's words
 */
public record User(UserId id, String name, Set<String> roles) {

    /** The role of those whom nobody has authenticated. */
    public static final String GUEST = "guest";

    /** Refuses missing parts and copies the roles. */
    public User {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        roles = Set.copyOf(roles);
    }

    /** Returns a user whose name is also their id, without roles. */
    public static User named(String name) {
        return new User(new UserId(name), name, Set.of());
    }

    /** Tells whether nobody has authenticated this user. */
    public boolean isGuest() {
        return roles.contains(GUEST);
    }
}

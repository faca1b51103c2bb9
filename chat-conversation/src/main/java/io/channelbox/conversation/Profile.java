package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Objects;
import java.util.Optional;

/**
 * What others see of a user.
 *
 * @param name shown beside what they say; not empty
 * @param avatar where their picture is
 */
public record Profile(UserId id, String name, Optional<String> avatar) {

    /** Refuses missing parts and an empty name. */
    public Profile {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(avatar, "avatar");
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("the name of " + id + " must not be blank");
        }
    }

    /** Returns a profile without a picture. */
    public static Profile of(UserId id, String name) {
        return new Profile(id, name, Optional.empty());
    }
}

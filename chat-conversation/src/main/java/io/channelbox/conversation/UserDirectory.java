package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Optional;

/** Knows the application's users. */
@FunctionalInterface
public interface UserDirectory {

    /** Everybody exists, and is called as their id reads. */
    UserDirectory ANYBODY = user -> Optional.of(Profile.of(user, user.value()));

    /** Returns a user's profile; empty when there is no such user, who then can be in no conversation. Asked by several threads at once; may block. */
    Optional<Profile> find(UserId user);
}

package io.channelbox.conversation;

import io.channelbox.message.UserId;

/** Who moderates the whole application: every group, whether they are in it or not, and what was reported. */
@FunctionalInterface
public interface Moderators {

    /** Nobody does. */
    Moderators NOBODY = user -> false;

    /** Tells whether this user does. Asked by several threads at once; may block. */
    boolean include(UserId user);
}

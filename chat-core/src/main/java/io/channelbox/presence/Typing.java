package io.channelbox.presence;

import io.channelbox.message.TypeName;
import java.util.Objects;

/** Tells a peer that somebody begins or ends writing something. */
@TypeName("typing")
public record Typing(String user, String name, boolean typing) {

    /** Refuses missing parts. */
    public Typing {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(name, "name");
    }
}

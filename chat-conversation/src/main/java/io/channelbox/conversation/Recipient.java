package io.channelbox.conversation;

import java.util.Objects;

/** Somebody in a conversation who may be notified, and what they have set for themselves about it. */
public record Recipient(Participant participant, MemberSettings settings) {

    /** Refuses missing parts. */
    public Recipient {
        Objects.requireNonNull(participant, "participant");
        Objects.requireNonNull(settings, "settings");
    }
}

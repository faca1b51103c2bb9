package io.channelbox.conversation;

import java.util.Objects;

/** A new invitation, and the token that lets people in. The token is not kept, so it is seen here only. */
public record IssuedInvitation(Invitation invitation, String token) {

    /** Refuses missing parts. */
    public IssuedInvitation {
        Objects.requireNonNull(invitation, "invitation");
        Objects.requireNonNull(token, "token");
    }

    /** Leaves the token out, for logs. */
    @Override
    public String toString() {
        return "IssuedInvitation[invitation=" + invitation + "]";
    }
}

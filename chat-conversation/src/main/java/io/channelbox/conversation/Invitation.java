package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;

/**
 * An invitation to a group, as it is kept: without its token, of which there is a hash only.
 *
 * @param by who made it
 * @param used how many people it has let in
 */
public record Invitation(
        InvitationId id, ConversationId conversation, UserId by, Instant createdAt, InvitationTerms terms, int used) {

    /** Refuses missing parts. */
    public Invitation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(terms, "terms");
    }

    /** Tells whether it lets somebody in now: it has not ended, and is not used up. */
    public boolean works(Instant now) {
        boolean ended = terms.endsAt().filter(end -> !end.isAfter(now)).isPresent();
        boolean usedUp = terms.uses().filter(most -> used >= most).isPresent();
        return !ended && !usedUp;
    }

    Invitation usedOnceMore() {
        return new Invitation(id, conversation, by, createdAt, terms, used + 1);
    }

    Invitation madeBy(UserId other) {
        return new Invitation(id, conversation, other, createdAt, terms, used);
    }
}

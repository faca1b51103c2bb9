package io.channelbox.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * How long and how often an invitation lets people in.
 *
 * @param endsAt when it ends, before the year 2200
 * @param uses how many people it lets in, at least 1
 */
public record InvitationTerms(Optional<Instant> endsAt, Optional<Integer> uses) {

    /** Until it is revoked. */
    public static final InvitationTerms UNLIMITED = new InvitationTerms(Optional.empty(), Optional.empty());

    /**
     * Refuses missing parts, fewer uses than one and ends that no store could keep.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public InvitationTerms {
        endsAt.filter(end -> end.isAfter(MemberSettings.FOREVER)).ifPresent(end -> {
            throw Texts.refusal("ends_at", "must be before the year 2200, was " + end);
        });
        uses.filter(number -> number < 1).ifPresent(number -> {
            throw Texts.refusal("uses", "must be at least 1, was " + number);
        });
    }

    /** Returns the same, for this many people. */
    public InvitationTerms uses(int people) {
        return new InvitationTerms(endsAt, Optional.of(people));
    }

    /** Returns the same, until then. */
    public InvitationTerms until(Instant end) {
        return new InvitationTerms(Optional.of(end), uses);
    }
}

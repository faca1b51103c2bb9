package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that was done by somebody who moderates. It stays as it is, whoever leaves.
 *
 * @param number which of all such things it is; later ones of the same conversation have larger numbers
 * @param by who did it
 * @param user to whom
 * @param message about which message
 * @param reason of up to 500 characters; may be empty
 * @param until when it ends by itself
 * @param slowMode how long members wait since then
 */
public record AuditEntry(
        long number,
        ConversationId conversation,
        UserId by,
        ModerationAction action,
        Optional<UserId> user,
        Optional<ChatMessageId> message,
        String reason,
        Optional<Instant> until,
        Optional<Duration> slowMode,
        Instant at) {

    private static final int LONGEST_REASON = 500;

    /**
     * Refuses missing parts, and a reason that is too long.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public AuditEntry {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(message, "message");
        reason = checkedReason(reason);
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(slowMode, "slowMode");
        Objects.requireNonNull(at, "at");
    }

    static String checkedReason(String reason) {
        return Texts.remark("reason", Objects.requireNonNull(reason, "reason"), LONGEST_REASON);
    }

    /** Returns it with another name in the place of this one, and without the reason for what was done to them. */
    AuditEntry forgetting(UserId one, UserId nobody) {
        return new AuditEntry(
                number,
                conversation,
                by.equals(one) ? nobody : by,
                action,
                user.map(other -> other.equals(one) ? nobody : other),
                message,
                user.filter(one::equals).isPresent() ? "" : reason,
                until,
                slowMode,
                at);
    }
}

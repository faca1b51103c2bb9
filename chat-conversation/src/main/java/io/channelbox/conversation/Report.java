package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that somebody finds wrong.
 *
 * @param number which of all reports it is; later ones of the same conversation have larger numbers
 * @param author who said it
 * @param authorRole what they were in the conversation then; members, when they were not in it
 * @param content what it said then, whatever became of it
 * @param by who reported it
 * @param reason one line of up to 100 characters, such as {@code spam}
 * @param text of up to 2,000 characters; may be empty
 * @param settledBy who decided about it, if anybody has
 */
public record Report(
        long number,
        ConversationId conversation,
        ChatMessageId message,
        UserId author,
        Role authorRole,
        String content,
        UserId by,
        String reason,
        String text,
        Instant at,
        ReportState state,
        Optional<UserId> settledBy,
        Optional<Instant> settledAt) {

    private static final int LONGEST_REASON = 100;
    private static final int LONGEST_TEXT = 2_000;

    /**
     * Refuses missing parts, and what is too long.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public Report {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(authorRole, "authorRole");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(by, "by");
        reason = Texts.line("reason", Objects.requireNonNull(reason, "reason"), LONGEST_REASON);
        text = Texts.remark("text", Objects.requireNonNull(text, "text"), LONGEST_TEXT);
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(settledBy, "settledBy");
        Objects.requireNonNull(settledAt, "settledAt");
    }

    /** Tells whether its author is, and was then, below somebody of this role in its conversation; who is gone is below whom they were. */
    public boolean isAboutOneBelow(Role role, ConversationReader kept) {
        return role.isAbove(authorRole)
                && kept.participant(conversation, author)
                        .map(now -> role.isAbove(now.role()))
                        .orElse(true);
    }

    /** Returns it as somebody has decided. */
    Report settled(ReportState decision, UserId decider, Instant now) {
        return new Report(
                number,
                conversation,
                message,
                author,
                authorRole,
                content,
                by,
                reason,
                text,
                at,
                decision,
                Optional.of(decider),
                Optional.of(now));
    }

    /** Returns it with another name in the place of this one, and without what they said or wrote. */
    Report forgetting(UserId user, UserId nobody) {
        return new Report(
                number,
                conversation,
                message,
                author.equals(user) ? nobody : author,
                authorRole,
                author.equals(user) ? "" : content,
                by.equals(user) ? nobody : by,
                reason,
                by.equals(user) ? "" : text,
                at,
                state,
                settledBy.map(settler -> settler.equals(user) ? nobody : settler),
                settledAt);
    }
}

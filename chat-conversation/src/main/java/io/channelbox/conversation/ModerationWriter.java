package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;

/** Changes what a {@link ConversationStore} keeps of moderation. What was done can be added, and not be changed. */
public interface ModerationWriter extends ModerationReader {

    /** Returns a number that is larger than those of all bans, reports and audit entries of the conversations that are locked. */
    long newModerationNumber();

    /** Keeps a ban, instead of the one that there was of the same user. */
    void keep(Ban ban);

    /** Ends a ban. Answers false when none was kept. */
    boolean unban(ConversationId conversation, UserId user);

    /** Keeps a mute, instead of the one that there was of the same user. */
    void keep(Mute mute);

    /** Forgets a mute. Answers false when none was kept. */
    boolean forgetMute(ConversationId conversation, UserId user);

    /** Keeps when somebody last said something. */
    void said(ConversationId conversation, UserId user, Instant time);

    /** Adds a report of a message of its conversation. One user reports one message once. */
    void add(Report report);

    /** Replaces what is kept of a report. */
    void update(Report report);

    /** Adds what was done. */
    void add(AuditEntry entry);
}

package io.channelbox.conversation;

import io.channelbox.message.UserId;

/** Changes what people have set for themselves about conversations that are locked. */
public interface SettingsWriter extends SettingsReader {

    /** Replaces what somebody has set about a conversation that they are in. It goes when they do. */
    void put(ConversationId conversation, UserId user, MemberSettings settings);
}

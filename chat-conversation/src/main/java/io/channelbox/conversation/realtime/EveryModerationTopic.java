package io.channelbox.conversation.realtime;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.Conversations;
import io.channelbox.message.UserId;

/** What is done in all conversations, for moderators of the application. */
final class EveryModerationTopic extends ModerationTopic {

    private final Conversations conversations;

    EveryModerationTopic(Conversations conversations) {
        super(conversations);
        this.conversations = conversations;
    }

    @Override
    void require(UserId user) {
        if (!conversations.isModerator(user)) {
            throw new NotAllowedException();
        }
    }
}

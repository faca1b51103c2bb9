package io.channelbox.conversation.realtime;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Role;
import io.channelbox.message.UserId;

/** What is done in one group, for its admins. */
final class GroupModerationTopic extends ModerationTopic {

    private final Conversations conversations;

    GroupModerationTopic(Conversations conversations) {
        super(conversations);
        this.conversations = conversations;
    }

    @Override
    void require(UserId user) {
        ConversationId id = ConversationTopic.idIn(param("id"));
        if (!conversations.participant(user, id).role().isAtLeast(Role.ADMIN)) {
            throw new NotAllowedException();
        }
    }
}

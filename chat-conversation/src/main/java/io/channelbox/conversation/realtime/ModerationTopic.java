package io.channelbox.conversation.realtime;

import io.channelbox.auth.User;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.ReportState;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;

/** What is done by those who moderate, for those who may. */
abstract class ModerationTopic extends Topic<ModerationRequest> {

    private final Conversations conversations;

    ModerationTopic(Conversations conversations) {
        this.conversations = conversations;
    }

    /** Refuses who may not moderate here. */
    abstract void require(UserId user);

    @Override
    protected final void handlers(Handlers<ModerationRequest> on) {
        on.on(
                ModerationRequest.Resolve.class,
                asked -> settle(asked.conversationId(), asked.reportId(), ReportState.RESOLVED, asked.reason()));
        on.on(
                ModerationRequest.Dismiss.class,
                asked -> settle(asked.conversationId(), asked.reportId(), ReportState.DISMISSED, asked.reason()));
        on.sends(ModerationWord.class);
    }

    @Override
    protected final void authorize(User user) {
        require(user.id());
    }

    /** Once more: somebody may have taken the user's role after they were asked for, and before they heard. */
    @Override
    protected final void onSubscribe() {
        require(user().id());
    }

    private void settle(long conversation, long report, ReportState decision, String reason) {
        if (conversation < 1) {
            throw PeerException.invalid("the id of a conversation must be at least 1");
        }
        conversations.moderate(
                user().id(), new ConversationId(conversation), reason, change -> change.settle(report, decision));
    }
}

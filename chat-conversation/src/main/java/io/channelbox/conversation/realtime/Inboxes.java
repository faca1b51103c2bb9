package io.channelbox.conversation.realtime;

import io.channelbox.broker.PublishOptions;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Mentions;
import io.channelbox.conversation.Participant;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.function.Consumer;

/** Tells people what concerns the lists of their conversations. */
final class Inboxes {

    static final String KIND = "inbox";

    private static final int AT_ONCE = 200;

    private final ConversationStore store;
    private final Telling telling;

    Inboxes(ConversationStore store, Telling telling) {
        this.store = store;
        this.telling = telling;
    }

    void said(ChatMessage message, MessageView view) {
        var plain = new InboxWord.Activity(view.conversationId(), view, false);
        var mentioning = new InboxWord.Activity(view.conversationId(), view, true);
        forEach(
                message.conversation(),
                one -> tell(one.user(), message.mentions().includes(one.user()) ? mentioning : plain));
    }

    void mentioned(ChatMessage message, Mentions added) {
        var word = new InboxWord.Mentioned(message.conversation().value(), MessageView.of(message));
        if (added.everyone()) {
            tellAll(message.conversation(), word);
        } else {
            added.users().forEach(user -> tell(user, word));
        }
    }

    void edited(ChatMessage message) {
        tellAll(
                message.conversation(),
                new InboxWord.Edited(message.conversation().value(), MessageView.of(message)));
    }

    void deleted(ChatMessage message) {
        tellAll(
                message.conversation(),
                new InboxWord.Deleted(
                        message.conversation().value(), message.id().value(), message.sequence()));
    }

    void removed(ConversationEvent.MessagesRemoved event) {
        if (!event.messages().isEmpty()) {
            tellAll(
                    event.conversation(),
                    new InboxWord.MessagesRemoved(event.conversation().value()));
        }
    }

    void tellAll(ConversationId id, InboxWord word) {
        forEach(id, participant -> tell(participant.user(), word));
    }

    void tell(UserId user, InboxWord word) {
        telling.tell(GroupName.of(KIND, user.value()), word, PublishOptions.DEFAULT);
    }

    private void forEach(ConversationId id, Consumer<Participant> work) {
        List<Participant> some = participants(id, 0);
        while (!some.isEmpty()) {
            some.forEach(work);
            some = some.size() < AT_ONCE
                    ? List.of()
                    : participants(id, some.get(some.size() - 1).number());
        }
    }

    private List<Participant> participants(ConversationId id, long after) {
        return store.read(kept -> kept.participants(id, after, AT_ONCE));
    }
}

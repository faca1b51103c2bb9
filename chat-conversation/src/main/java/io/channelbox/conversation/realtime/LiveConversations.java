package io.channelbox.conversation.realtime;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationListener;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Participant;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Conversations over connections: what happens in one is told in its group, {@code conversation:{id}}, and what concerns the list of somebody's
 * conversations in {@code inbox:{user}}, on all their devices; and those who moderate hear what concerns them.
 *
 * <pre>{@code
 * var live = LiveConversations.in(box, store);
 * var conversations = Conversations.in(store).listener(live).build();
 * Topics topics = live.addTo(Topics.in(style), conversations);
 * }</pre>
 *
 * <p>What is told in a conversation's group is saved in the box's history, so that who comes back to the topic goes on where they were; the box keeps it as it is
 * told, {@code historyCodec(Topics.in(style).codec())}. An inbox keeps
 * nothing: who comes back reads the list of their conversations. Who is removed from a conversation is taken out of its group at once, on all their
 * connections to this node.
 */
public final class LiveConversations implements ConversationListener {

    private static final String KIND = "conversation";
    private static final String INBOX_KIND = "inbox";
    private static final int AT_ONCE = 200;
    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();

    private final ChannelBox box;
    private final ConversationStore store;
    private final ModerationRoom moderation;

    private LiveConversations(ChannelBox box, ConversationStore store) {
        this.box = Objects.requireNonNull(box, "box");
        this.store = Objects.requireNonNull(store, "store");
        this.moderation = new ModerationRoom(box);
    }

    /** Returns the listener of the conversations in this store, that tells the groups of this box. */
    public static LiveConversations in(ChannelBox box, ConversationStore store) {
        return new LiveConversations(box, store);
    }

    /**
     * Returns the name of the group in which is told what happens in a conversation, see {@link ConversationWord}. Whoever joins it hears all of that: ask
     * {@link Conversations#participant} before, and once more after, since somebody may have removed the user in between.
     */
    public static GroupName groupOf(ConversationId id) {
        return GroupName.of(KIND, id.toString());
    }

    /**
     * Returns these topics and four more sorts: {@code conversation:{id}} for those in it, who can also speak there, see {@link ConversationRequest}, and
     * {@code inbox:{user}} for that user alone, see {@link InboxWord}; {@code moderation} for moderators of the application, and {@code moderation:{id}}
     * for the admins of that group, see {@link ModerationWord}; both settle reports, see {@link ModerationRequest}.
     */
    public Topics addTo(Topics topics, Conversations conversations) {
        Objects.requireNonNull(conversations, "conversations");
        return topics.topic(KIND + ":{id}", () -> new ConversationTopic(conversations))
                .topic(INBOX_KIND + ":{user}", () -> new InboxTopic(conversations))
                .topic(ModerationRoom.KIND, () -> new EveryModerationTopic(conversations))
                .topic(ModerationRoom.KIND + ":{id}", () -> new GroupModerationTopic(conversations));
    }

    @Override
    public void onEvent(ConversationEvent event) {
        ConversationId id = event.conversation();
        if (event instanceof ConversationEvent.Created created) {
            created.participants()
                    .forEach(one -> tell(one.user(), new InboxWord.Added(ConversationView.of(created.created()))));
        } else if (event instanceof ConversationEvent.Changed changed) {
            var view = ConversationView.of(changed.changed());
            tell(id, new ConversationWord.Changed(id.value(), view, now()));
            tellAll(id, new InboxWord.Changed(view));
        } else if (event instanceof ConversationEvent.MessageSent sent) {
            said(sent.message());
        } else if (event instanceof ConversationEvent.MessageEdited edited) {
            tell(id, new ConversationWord.Edited(id.value(), MessageView.of(edited.message()), now()));
        } else if (event instanceof ConversationEvent.MessageDeleted deleted) {
            long message = deleted.message().id().value();
            tell(
                    id,
                    new ConversationWord.Deleted(
                            id.value(), message, deleted.by().value(), now()));
        } else if (event instanceof ConversationEvent.Reacted reacted) {
            tell(id, ConversationWord.Reacted.of(reacted, now()));
        } else if (event instanceof ConversationEvent.Read read) {
            Participant reader = read.participant();
            tell(id, ConversationWord.Read.of(reader, now()));
            tell(reader.user(), new InboxWord.Read(id.value(), reader.lastReadSequence()));
        } else if (event instanceof ConversationEvent.ParticipantAdded added) {
            added(added.participant());
        } else if (event instanceof ConversationEvent.ParticipantChanged changed) {
            tell(id, ConversationWord.ParticipantChanged.of(changed.participant(), now()));
        } else if (event instanceof ConversationEvent.ParticipantRemoved removed) {
            removed(removed.participant());
        }
        moderation.onEvent(event);
    }

    private void said(ChatMessage message) {
        MessageView view = MessageView.of(message);
        tell(message.conversation(), new ConversationWord.Said(view.conversationId(), view, message.createdAt()));
        tellAll(message.conversation(), new InboxWord.Activity(view.conversationId(), view));
    }

    private void added(Participant participant) {
        ConversationId id = participant.conversation();
        tell(id, ConversationWord.Joined.of(participant, now()));
        store.read(kept -> kept.conversation(id))
                .ifPresent(found -> tell(participant.user(), new InboxWord.Added(ConversationView.of(found))));
    }

    /** First they hear no more, and then the others learn of it. */
    private void removed(Participant participant) {
        ConversationId id = participant.conversation();
        box.group(groupOf(id)).kick(participant.user());
        tell(id, ConversationWord.Left.of(participant, now()));
        tell(participant.user(), new InboxWord.Removed(id.value()));
    }

    private void tell(ConversationId id, ConversationWord word) {
        box.group(groupOf(id)).broadcast(word, SAVED);
    }

    private void tell(UserId user, InboxWord word) {
        box.group(GroupName.of(INBOX_KIND, user.value())).broadcast(word);
    }

    private void tellAll(ConversationId id, InboxWord word) {
        forEach(id, participant -> tell(participant.user(), word));
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

    private Instant now() {
        return box.clock().instant();
    }
}

package io.channelbox.conversation.realtime;

import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Signal;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationListener;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.Role;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiPredicate;

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
 * connections to all nodes; those to a node that is cut off from the others, when it is not any more.
 *
 * <p>What cannot be told, because the node is cut off from the others, is told when it is not any more, in its order and once; who has said it
 * notices nothing. Up to 10,000 words wait for that, in the memory of this process: when it ends before, they are not told. When there are more, those of the
 * group whose first has waited longest are dropped, and it is told that it missed something, such as {@link ConversationWord.Missed}. When that has become
 * of 10,000 groups, all of their kind are told so.
 */
public final class LiveConversations implements ConversationListener {

    static final String KIND = "conversation";

    private static final int MOST_WAITING = 10_000;
    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();

    private final ChannelBox box;
    private final ConversationStore store;
    private final Listening listening;
    private final MissedWords missed;
    private final Telling telling;
    private final Inboxes inboxes;
    private final ModerationRoom moderation;
    private final EventTable events;

    private LiveConversations(ChannelBox box, ConversationStore store) {
        this.box = Objects.requireNonNull(box, "box");
        this.store = Objects.requireNonNull(store, "store");
        this.listening = new Listening(box, store);
        this.missed = new MissedWords(box, listening);
        this.telling = new Telling(box, missed, MOST_WAITING);
        this.inboxes = new Inboxes(store, telling);
        this.moderation = new ModerationRoom(telling, listening);
        this.events = table();
        box.clusterEvents().onReconnected(listening::lookAgain);
        box.everySecond(listening::goOn);
        box.clusterEvents().onReconnected(telling::goOn);
        box.clusterEvents().onSignal(this::heard);
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
        listening.moderators(conversations::isModerator);
        return topics.topic(KIND + ":{id}", () -> new ConversationTopic(conversations))
                .topic(Inboxes.KIND + ":{user}", () -> new InboxTopic(conversations))
                .topic(ModerationRoom.KIND, () -> new EveryModerationTopic(conversations))
                .topic(ModerationRoom.KIND + ":{id}", () -> new GroupModerationTopic(conversations));
    }

    /**
     * Leaves those in the groups of conversations for whom this answers true, and whom a consumer of the application has let in though they are not in the
     * conversation. Without it nobody else may listen: when this node was cut off from the others, it looks who may, and takes the rest out.
     */
    public LiveConversations alsoFor(BiPredicate<ConversationId, UserId> listeners) {
        listening.isAlsoFor(Objects.requireNonNull(listeners, "listeners"));
        return this;
    }

    /**
     * Somebody moderates everywhere no more, as the application's {@link io.channelbox.conversation.Moderators} says by now: at once they hear no more of it, on
     * all their connections to all nodes. Without this call they are asked about when something is told, but only on the node that tells it.
     *
     * @throws io.channelbox.message.StoreException when other nodes could not be told, which is done when they are reached again
     */
    public void moderatesNoMore(UserId user) {
        listening.end(Objects.requireNonNull(user, "user"), ModerationRoom.EVERYWHERE);
    }

    private EventTable table() {
        return new EventTable()
                .on(ConversationEvent.Created.class, this::created)
                .on(ConversationEvent.Changed.class, this::changed)
                .on(ConversationEvent.ParticipantAdded.class, event -> added(event.participant()))
                .on(ConversationEvent.ParticipantChanged.class, event -> changed(event.participant()))
                .on(ConversationEvent.ParticipantRemoved.class, event -> removed(event.participant()))
                .on(ConversationEvent.Read.class, event -> read(event.participant()))
                .on(ConversationEvent.MessageSent.class, event -> said(event.message()))
                .on(ConversationEvent.MessageEdited.class, event -> edited(event.message()))
                .on(ConversationEvent.Mentioned.class, event -> inboxes.mentioned(event.message(), event.added()))
                .on(ConversationEvent.MessageDeleted.class, this::deleted)
                .on(ConversationEvent.Reacted.class, event -> tell(ConversationWord.Reacted.of(event, now())))
                .on(ConversationEvent.Pinned.class, event -> tell(ConversationWord.Pinned.of(event, now())))
                .on(
                        ConversationEvent.SettingsChanged.class,
                        event -> inboxes.tell(event.user(), InboxWord.SettingsChanged.of(event)))
                .on(ConversationEvent.Allowed.class, this::allowed)
                .on(ConversationEvent.MessagesRemoved.class, this::removed)
                .on(ConversationEvent.Audited.class, event -> moderation.audited(event.entry()))
                .on(ConversationEvent.ReportChanged.class, event -> reported(event.report()));
    }

    /** Tells whether something is told of events of this kind. */
    boolean tells(Class<?> type) {
        return events.knows(type);
    }

    @Override
    public void onEvent(ConversationEvent event) {
        events.accept(event);
    }

    private void created(ConversationEvent.Created event) {
        var word = new InboxWord.Added(ConversationView.of(event.created()));
        event.participants().forEach(one -> inboxes.tell(one.user(), word));
    }

    private void changed(ConversationEvent.Changed event) {
        ConversationView view = ConversationView.of(event.changed());
        tell(new ConversationWord.Changed(view.id(), view, now()));
        inboxes.tellAll(event.conversation(), new InboxWord.Changed(view));
    }

    private void read(Participant reader) {
        tell(ConversationWord.Read.of(reader, now()));
        inboxes.tell(reader.user(), new InboxWord.Read(reader.conversation().value(), reader.lastReadSequence()));
    }

    private void allowed(ConversationEvent.Allowed event) {
        inboxes.tell(
                event.user(),
                event.added()
                        ? new InboxWord.Allowed(ConversationView.of(event.group()))
                        : new InboxWord.Disallowed(event.conversation().value()));
    }

    private void said(ChatMessage message) {
        MessageView view = MessageView.of(message);
        tell(new ConversationWord.Said(view.conversationId(), view, message.createdAt()));
        inboxes.said(message, view);
    }

    private void added(Participant participant) {
        ConversationId id = participant.conversation();
        tell(ConversationWord.Joined.of(participant, now()));
        store.read(kept -> kept.conversation(id))
                .ifPresent(found -> inboxes.tell(participant.user(), new InboxWord.Added(ConversationView.of(found))));
    }

    private void changed(Participant participant) {
        if (!participant.role().isAtLeast(Role.ADMIN)) {
            end(participant.user(), ModerationRoom.of(participant.conversation()));
        }
        tell(ConversationWord.ParticipantChanged.of(participant, now()));
    }

    private void edited(ChatMessage message) {
        forgetWhatWasTold(message.conversation());
        tell(ConversationWord.Edited.of(message, now()));
        inboxes.edited(message);
    }

    private void deleted(ConversationEvent.MessageDeleted event) {
        forgetWhatWasTold(event.conversation());
        tell(ConversationWord.Deleted.of(event, now()));
        inboxes.deleted(event.message());
    }

    private void removed(ConversationEvent.MessagesRemoved event) {
        forgetWhatWasTold(event.conversation());
        tell(ConversationWord.Removed.of(event, now()));
        inboxes.removed(event);
    }

    /** What the box keeps would go on telling what was said before: whoever comes back learns that they lost it, and reads what is there. */
    private void forgetWhatWasTold(ConversationId id) {
        GroupName group = groupOf(id);
        telling.inTurn(group, () -> box.group(group).clearHistory());
    }

    /** First they hear no more, and then the others learn of it. */
    private void removed(Participant participant) {
        ConversationId id = participant.conversation();
        end(participant.user(), groupOf(id));
        end(participant.user(), ModerationRoom.of(id));
        tell(ConversationWord.Left.of(participant, now()));
        inboxes.tell(participant.user(), new InboxWord.Removed(id.value()));
    }

    /** Who is not reached on other nodes hears nothing more of this one, until they are. */
    private void end(UserId user, GroupName group) {
        try {
            listening.end(user, group);
        } catch (StoreException unreached) {
            telling.later(group, listening::endUntold, unreached);
        }
    }

    private void reported(Report report) {
        boolean isAboutAdmin = store.read(kept -> kept.participant(report.conversation(), report.author()))
                .filter(author -> author.role().isAtLeast(Role.ADMIN))
                .isPresent();
        moderation.reported(report, isAboutAdmin);
    }

    private void tell(ConversationWord word) {
        telling.tell(groupOf(new ConversationId(word.conversationId())), word, SAVED);
    }

    /** Another node has told all of a kind that they may have missed something. */
    private void heard(Signal signal) {
        if (signal instanceof Signal.Missed other && MissedWords.isOurs(other.kind())) {
            telling.first("here " + other.kind(), () -> missed.here(other.kind()));
        }
    }

    private Instant now() {
        return box.clock().instant();
    }
}

package io.channelbox.conversation.realtime;

import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Signal;
import io.channelbox.channel.ChannelBox;
import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Set;

/** Tells groups that they missed something: whoever hears it reads again what there is. What else was to be done in them is done too. */
final class MissedWords implements Telling.Missed {

    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();
    // A condition does not travel.
    private static final PublishOptions HERE =
            PublishOptions.DEFAULT.withoutHistory().onlyTo(anybody -> true);

    private final ChannelBox box;
    private final Listening listening;

    MissedWords(ChannelBox box, Listening listening) {
        this.box = box;
        this.listening = listening;
    }

    /** Tells whether groups of this kind are told anything here. */
    static boolean isOurs(String kind) {
        return Set.of(LiveConversations.KIND, Inboxes.KIND, ModerationRoom.KIND).contains(kind);
    }

    @Override
    public void in(GroupName group) {
        listening.endUntold();
        boolean saved = group.kind().equals(LiveConversations.KIND);
        if (saved) {
            box.group(group).clearHistory();
        }
        box.group(group).broadcast(word(group), saved ? SAVED : PublishOptions.DEFAULT);
    }

    @Override
    public void inAll(String kind) {
        listening.endUntold();
        if (kind.equals(LiveConversations.KIND)) {
            ofKind(kind, box.history().groups())
                    .forEach(group -> box.group(group).clearHistory());
        }
        box.cluster().ifPresent(others -> others.tell(new Signal.Missed(kind)));
        here(kind);
    }

    /** Tells those of a kind that have members on this node, and nobody else. */
    void here(String kind) {
        ofKind(kind, box.groups()).forEach(group -> box.group(group).broadcast(word(group), HERE));
    }

    private static List<GroupName> ofKind(String kind, Set<GroupName> groups) {
        return groups.stream()
                .filter(group -> group.kind().equals(kind))
                .filter(group -> !kind.equals(LiveConversations.KIND) || isConversation(group))
                .toList();
    }

    private static boolean isConversation(GroupName group) {
        return ConversationTopic.number(group.id()).isPresent();
    }

    private Object word(GroupName group) {
        return switch (group.kind()) {
            case LiveConversations.KIND ->
                new ConversationWord.Missed(
                        Long.parseLong(group.id()), box.clock().instant());
            case Inboxes.KIND -> new InboxWord.Missed();
            default -> new ModerationWord.Missed();
        };
    }
}

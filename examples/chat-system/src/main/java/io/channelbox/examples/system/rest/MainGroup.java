package io.channelbox.examples.system.rest;

import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.examples.system.ChatProperties;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The group that everybody finds themselves in who is in no conversation yet, where one is named. It belongs to the first moderator. */
@Component
class MainGroup {

    private final Conversations conversations;
    private final String name;
    private final Optional<UserId> owner;
    private Optional<ConversationId> known = Optional.empty(); // guarded by this

    MainGroup(Conversations conversations, ChatProperties properties) {
        this.conversations = conversations;
        this.name = properties.mainGroup();
        this.owner =
                properties.moderators().stream().map(UserId::new).findFirst().filter(moderator -> !name.isEmpty());
    }

    /** Lets a user in who is nowhere yet, unless they are banned there. */
    void welcome(UserId user) {
        if (owner.isPresent()
                && conversations.list(user, Listed.ALL, Optional.empty(), 1).isEmpty()) {
            try {
                conversations.join(user, group(owner.get()));
            } catch (PeerException shutOut) { // then they are nowhere; or the group is gone
                forget();
            }
        }
    }

    private synchronized void forget() {
        known = Optional.empty();
    }

    private synchronized ConversationId group(UserId moderator) {
        if (known.isEmpty()) {
            known = find(moderator);
        }
        if (known.isEmpty()) {
            conversations.createGroup(moderator, GroupDetails.named(name).open(), List.of());
            known = find(moderator); // another program may have been faster
        }
        return known.orElseThrow();
    }

    /** Of several, which programs may have made at once, it is the first. */
    private Optional<ConversationId> find(UserId moderator) {
        Optional<ConversationId> first = Optional.empty();
        Optional<ListPosition> after = Optional.empty();
        while (true) {
            List<ConversationSummary> page =
                    conversations.list(moderator, Listed.ALL, after, Conversations.LARGEST_PAGE);
            for (ConversationSummary each : page) {
                ConversationId id = each.conversation().id();
                if (isIt(each.conversation(), moderator)
                        && first.filter(known -> known.compareTo(id) < 0).isEmpty()) {
                    first = Optional.of(id);
                }
            }
            if (page.size() < Conversations.LARGEST_PAGE) {
                return first;
            }
            after = Optional.of(page.get(page.size() - 1).position());
        }
    }

    private boolean isIt(Conversation conversation, UserId moderator) {
        return conversation.creator().equals(moderator)
                && conversation.active()
                && conversation.name().equals(Optional.of(name));
    }
}

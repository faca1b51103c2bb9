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
            ConversationId group = group(owner.get());
            try {
                conversations.join(user, group);
            } catch (PeerException shutOut) { // then they are nowhere
            }
        }
    }

    private synchronized ConversationId group(UserId moderator) {
        ConversationId id = known.or(() -> find(moderator))
                .orElseGet(() -> conversations
                        .createGroup(moderator, GroupDetails.named(name).open(), List.of())
                        .id());
        known = Optional.of(id);
        return id;
    }

    private Optional<ConversationId> find(UserId moderator) {
        Optional<ListPosition> after = Optional.empty();
        while (true) {
            List<ConversationSummary> page =
                    conversations.list(moderator, Listed.ALL, after, Conversations.LARGEST_PAGE);
            for (ConversationSummary each : page) {
                Conversation conversation = each.conversation();
                if (conversation.creator().equals(moderator)
                        && conversation.name().equals(Optional.of(name))) {
                    return Optional.of(conversation.id());
                }
            }
            if (page.size() < Conversations.LARGEST_PAGE) {
                return Optional.empty();
            }
            after = Optional.of(page.get(page.size() - 1).position());
        }
    }
}

package io.channelbox.examples.system.rest;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationReader;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.Participant;
import io.channelbox.examples.system.rest.Views.ConversationJson;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows conversations to those who are in them. Direct ones have no name, so they show the other one. */
@Component
class ConversationViews {

    private final Conversations conversations;
    private final ConversationStore store;
    private final InstantSource clock = InstantSource.system();

    ConversationViews(Conversations conversations, ConversationStore store) {
        this.conversations = conversations;
        this.store = store;
    }

    /** Returns what somebody in it sees of a conversation, as its list does. */
    ConversationJson of(UserId me, ConversationId id) {
        Instant now = clock.instant();
        ConversationSummary summary = store.read(kept -> kept.conversation(id)
                .flatMap(found -> kept.settings().list(me, Listed.ALL, now, justBefore(found), 1).stream()
                        .filter(each -> each.conversation().id().equals(id))
                        .findFirst())
                .orElseThrow(NotAllowedException::new));
        return shown(me, List.of(summary), now).get(0);
    }

    private static Optional<ListPosition> justBefore(Conversation conversation) {
        var next = new ConversationId(conversation.id().value() + 1);
        return Optional.of(new ListPosition(conversation.lastMessageAt(), next));
    }

    List<ConversationJson> list(UserId me, Listed which, Optional<ListPosition> after, int limit) {
        return shown(me, conversations.list(me, which, after, limit), clock.instant());
    }

    /** Returns what a user sees of these. */
    List<ConversationJson> shown(UserId me, List<ConversationSummary> summaries, Instant now) {
        Map<ConversationId, Participant> partners = store.read(kept -> partners(kept, me, summaries));
        return summaries.stream()
                .map(each -> ConversationJson.of(
                        each,
                        Optional.ofNullable(partners.get(each.conversation().id())),
                        now))
                .toList();
    }

    /** One transaction for a page, with a look by key at the two people of each direct conversation. */
    private static Map<ConversationId, Participant> partners(
            ConversationReader kept, UserId me, List<ConversationSummary> summaries) {
        var partners = new HashMap<ConversationId, Participant>();
        for (ConversationSummary each : summaries) {
            if (each.conversation().isDirect()) {
                kept.participants(each.conversation().id(), 0, 2).stream()
                        .filter(one -> !one.user().equals(me))
                        .forEach(other -> partners.put(each.conversation().id(), other));
            }
        }
        return partners;
    }
}

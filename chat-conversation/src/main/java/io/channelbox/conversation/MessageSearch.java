package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;

/** Proposes messages that a search may find. Every {@link ConversationStore} brings one; a search engine may take its place. Safe for use by many threads. */
public interface MessageSearch {

    /**
     * Returns the ids of messages with smaller ids than this one, the largest first: all those that {@link SearchQuery#find matches}, of the conversations that this user is
     * in, and no fewer than the limit as long as there are more. It may propose others, too: {@link Conversations} looks at each before it is shown.
     *
     * @throws io.channelbox.message.StoreException when it cannot
     */
    List<ChatMessageId> propose(UserId user, SearchQuery query, Optional<ChatMessageId> before, int limit);
}

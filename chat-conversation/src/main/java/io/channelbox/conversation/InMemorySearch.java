package io.channelbox.conversation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at every message of some conversations. */
final class InMemorySearch {

    private InMemorySearch() {}

    static List<ChatMessageId> propose(
            Stream<KeptConversation> searched, SearchQuery query, Optional<ChatMessageId> before, int limit) {
        return searched.flatMap(kept -> kept.messages(before, Integer.MAX_VALUE).stream())
                .filter(message -> query.find(message).isPresent())
                .map(ChatMessage::id)
                .sorted(Comparator.reverseOrder())
                .limit(limit)
                .toList();
    }
}

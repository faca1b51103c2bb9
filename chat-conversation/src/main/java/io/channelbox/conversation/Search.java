package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What users find: of what is proposed, what matches and they may read. */
final class Search {

    private static final int AT_ONCE = 100;
    private static final int MOST_PROPOSED = 2_000;

    private final ConversationStore store;
    private final Optional<MessageSearch> engine;

    Search(ConversationStore store, Optional<MessageSearch> engine) {
        this.store = store;
        this.engine = engine;
    }

    SearchPage page(UserId me, SearchQuery query, Optional<ChatMessageId> before, int limit) {
        return store.read(kept -> {
            boolean elsewhere = query.conversation()
                    .filter(id -> kept.participant(id, me).isEmpty())
                    .isPresent();
            if (elsewhere) {
                throw new NotAllowedException();
            }
            return page(kept, me, query, before, limit);
        });
    }

    private SearchPage page(
            ConversationReader kept, UserId me, SearchQuery query, Optional<ChatMessageId> before, int limit) {
        MessageSearch search = engine.orElse(kept);
        var hits = new ArrayList<SearchHit>();
        Optional<ChatMessageId> next = before;
        int most = limit + 1; // which tells whether there is a next page
        for (int proposed = 0; proposed < MOST_PROPOSED; ) {
            List<ChatMessageId> some = search.propose(me, query, next, most);
            kept.readable(me, some).forEach(message -> query.find(message).ifPresent(hits::add));
            if (hits.size() > limit) {
                List<SearchHit> page = hits.subList(0, limit);
                return new SearchPage(
                        page, Optional.of(page.get(limit - 1).message().id()));
            } else if (some.size() < most) {
                return new SearchPage(hits, Optional.empty());
            }
            proposed += some.size();
            next = Optional.of(some.get(some.size() - 1));
            most = AT_ONCE;
        }
        return new SearchPage(hits, next);
    }
}

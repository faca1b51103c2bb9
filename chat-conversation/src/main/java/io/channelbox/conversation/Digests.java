package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody has missed since a moment, as a mail of every day or week tells it. */
record Digests(ConversationReader kept, UserId user, Set<UserId> blocked, Instant since, Instant now) {

    private static final int SHOWN = 3;
    private static final int MOST_LOOKED_AT = 1_000;
    private static final int AT_ONCE = 50;

    static List<DigestEntry> of(ConversationReader kept, UserId user, Instant since, Instant now, int limit) {
        return new Digests(kept, user, Set.copyOf(kept.blockedBy(user)), since, now).entries(limit);
    }

    private List<DigestEntry> entries(int limit) {
        var entries = new ArrayList<DigestEntry>();
        List<ConversationSummary> some = page(Optional.empty());
        while (!some.isEmpty() && entries.size() < limit) {
            some.forEach(summary -> entryOf(withoutBlocked(summary)).ifPresent(entries::add));
            some = page(Optional.of(some.get(some.size() - 1).position()));
        }
        return entries.subList(0, Math.min(entries.size(), limit));
    }

    /** Where nothing was said since then, nothing was in those behind it. */
    private List<ConversationSummary> page(Optional<ListPosition> after) {
        return kept.settings().list(user, Listed.ALL, now, after, AT_ONCE).stream()
                .takeWhile(summary -> summary.conversation().lastMessageAt().isAfter(since))
                .toList();
    }

    private ConversationSummary withoutBlocked(ConversationSummary summary) {
        if (blocked.isEmpty() || summary.unread() == 0) {
            return summary;
        }
        return summary.without(
                kept.countAfter(summary.conversation().id(), summary.own().lastReadSequence(), blocked, user));
    }

    private Optional<DigestEntry> entryOf(ConversationSummary summary) {
        boolean muted = summary.settings().isMuted(now);
        if (summary.unread() == 0 || (muted && summary.mentions() == 0)) {
            return Optional.empty();
        }
        List<ChatMessage> newest = newest(summary, muted);
        Collections.reverse(newest);
        return newest.isEmpty() ? Optional.empty() : Optional.of(new DigestEntry(summary, newest));
    }

    private List<ChatMessage> newest(ConversationSummary summary, boolean muted) {
        var newest = new ArrayList<ChatMessage>();
        List<ChatMessage> some = missed(summary, Optional.empty());
        for (int looked = some.size(); !some.isEmpty(); looked += some.size()) {
            some.stream()
                    .filter(message -> !blocked.contains(message.author()))
                    .filter(message -> !muted || message.mentions().users().contains(user))
                    .limit(SHOWN - newest.size())
                    .forEach(newest::add);
            boolean enough = newest.size() == SHOWN || looked >= MOST_LOOKED_AT;
            some = enough
                    ? List.of()
                    : missed(summary, Optional.of(some.get(some.size() - 1).id()));
        }
        return newest;
    }

    private List<ChatMessage> missed(ConversationSummary summary, Optional<ChatMessageId> before) {
        return kept.messages(summary.conversation().id(), before, AT_ONCE).stream()
                .takeWhile(message -> message.sequence() > summary.own().lastReadSequence())
                .takeWhile(message -> message.createdAt().isAfter(since))
                .toList();
    }
}

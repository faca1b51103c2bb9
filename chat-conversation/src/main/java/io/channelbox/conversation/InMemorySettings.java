package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What people have set for themselves in {@link InMemoryConversationStore}, as one transaction sees it. */
record InMemorySettings(
        ConversationReader reader, Function<ConversationId, Optional<KeptConversation>> finding, Undoing undoing)
        implements SettingsWriter {

    @Override
    public MemberSettings of(ConversationId conversation, UserId user) {
        return finding.apply(conversation).map(kept -> kept.settingsOf(user)).orElse(MemberSettings.DEFAULT);
    }

    @Override
    public List<ConversationSummary> list(
            UserId user, Listed which, Instant now, Optional<ListPosition> after, int limit) {
        return reader.conversationsOf(user, after, Integer.MAX_VALUE).stream()
                .filter(summary -> which == Listed.ALL
                        || summary.settings().isArchived(summary.conversation(), now) == (which == Listed.ARCHIVED))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Recipient> recipients(ConversationId conversation, UserId author, long afterNumber, int limit) {
        return reader.participants(conversation, afterNumber, Integer.MAX_VALUE).stream()
                .filter(one -> !one.user().equals(author) && !reader.hasBlocked(one.user(), author))
                .limit(limit)
                .map(one -> new Recipient(one, of(conversation, one.user())))
                .toList();
    }

    @Override
    public void put(ConversationId conversation, UserId user, MemberSettings settings) {
        if (reader.participant(conversation, user).isEmpty()) {
            throw InMemoryConversationStore.refusal(user + " is not in conversation " + conversation);
        }
        KeptConversation kept = finding.apply(conversation).orElseThrow();
        undoing.put(kept.settings(), user, settings);
    }
}

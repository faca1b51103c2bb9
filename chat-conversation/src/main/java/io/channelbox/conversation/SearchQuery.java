package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody searches for: messages that have every word of a text, wherever. A word of three or more characters is found within words, too; a shorter one is the
 * beginning of a word where it is the last one of the text, and else a whole word. {@code art*} is for beginnings of words only, and {@code "the art"} for whole words
 * that stand one behind the other. Capitals, accents and the signs between words make no difference; in scripts without spaces each character is a word, and so is each
 * emoji.
 *
 * @param text of up to 200 characters, with at least one letter, digit or emoji
 * @param conversation in which one only
 * @param author by whom only
 * @param from what was said then or later
 * @param until what was said before then
 */
public record SearchQuery(
        String text,
        Optional<ConversationId> conversation,
        Optional<UserId> author,
        Optional<Instant> from,
        Optional<Instant> until) {

    private static final int LONGEST = 200;

    /**
     * Refuses a text that nothing can be found by.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public SearchQuery {
        Texts.text("text", Objects.requireNonNull(text, "text"), LONGEST);
        if (SearchTerms.of(text).isEmpty()) {
            throw Texts.refusal("text", "must have a letter, digit or emoji");
        }
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
    }

    /** Returns a search of everything for this text. */
    public static SearchQuery of(String text) {
        return new SearchQuery(text, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the same, in this conversation only. */
    public SearchQuery in(ConversationId id) {
        return new SearchQuery(text, Optional.of(id), author, from, until);
    }

    /** Returns the same, of what this user said only. */
    public SearchQuery by(UserId user) {
        return new SearchQuery(text, conversation, Optional.of(user), from, until);
    }

    /** Returns the same, of what was said then or later only. */
    public SearchQuery from(Instant first) {
        return new SearchQuery(text, conversation, author, Optional.of(first), until);
    }

    /** Returns the same, of what was said before then only. */
    public SearchQuery until(Instant end) {
        return new SearchQuery(text, conversation, author, from, Optional.of(end));
    }

    /** Returns what has to be among {@link SearchText#grams()} of every message that it finds: for searches that have an index of them. */
    public Set<Integer> grams() {
        return SearchTerms.of(text).grams();
    }

    /** Returns a message with what matches in it, if it does. */
    public Optional<SearchHit> find(ChatMessage message) {
        boolean meant = !message.isDeleted()
                && conversation.map(message.conversation()::equals).orElse(true)
                && author.map(message.author()::equals).orElse(true)
                && from.map(first -> !message.createdAt().isBefore(first)).orElse(true)
                && until.map(end -> message.createdAt().isBefore(end)).orElse(true);
        if (!meant) {
            return Optional.empty();
        }
        List<Highlight> parts = SearchTerms.of(text).in(SearchText.of(message.content()));
        return parts.isEmpty() ? Optional.empty() : Optional.of(new SearchHit(message, parts));
    }
}

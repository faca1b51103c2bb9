package io.channelbox.conversation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some of the messages that a search has found.
 *
 * @param hits the newest first
 * @param next before which message the search goes on; nothing when all of it was searched. There may be a next page after one that is not full, or empty
 */
public record SearchPage(List<SearchHit> hits, Optional<ChatMessageId> next) {

    /** Copies the hits. */
    public SearchPage {
        hits = List.copyOf(hits);
        Objects.requireNonNull(next, "next");
    }
}

package io.channelbox.conversation;

import java.util.List;
import java.util.Objects;

/**
 * A message that was found.
 *
 * @param highlights the parts of its content that were searched for, in their order; they do not touch
 */
public record SearchHit(ChatMessage message, List<Highlight> highlights) {

    /** Copies the highlights. */
    public SearchHit {
        Objects.requireNonNull(message, "message");
        highlights = List.copyOf(highlights);
    }
}

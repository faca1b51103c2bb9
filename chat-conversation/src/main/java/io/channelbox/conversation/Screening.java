package io.channelbox.conversation;

import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets every text pass the filters, one after the other. */
final class Screening {

    private static final Logger log = LoggerFactory.getLogger(Screening.class);

    private final List<MessageFilter> filters;

    Screening(List<MessageFilter> filters) {
        this.filters = List.copyOf(filters);
    }

    boolean isEmpty() {
        return filters.isEmpty();
    }

    /** Returns what is to be kept instead of this text. */
    String passed(UserId author, ConversationId conversation, String content) {
        String text = content;
        for (MessageFilter filter : filters) {
            if (Texts.isEmpty(text)) {
                return text;
            }
            MessageFilter.Verdict verdict = ask(filter, author, conversation, text);
            if (verdict instanceof MessageFilter.Refused refused) {
                throw new PeerException(Conversations.FILTERED, refused.why());
            } else if (verdict instanceof MessageFilter.Changed changed) {
                text = changed.content();
            }
        }
        return text;
    }

    private static MessageFilter.Verdict ask(
            MessageFilter filter, UserId author, ConversationId conversation, String text) {
        try {
            return Objects.requireNonNull(filter.check(author, conversation, text), "verdict");
        } catch (RuntimeException e) {
            log.error("A filter failed with what {} said in conversation {}", author, conversation, e);
            throw new PeerException(PeerException.UNAVAILABLE, "what you say cannot be checked at the moment", e);
        }
    }
}

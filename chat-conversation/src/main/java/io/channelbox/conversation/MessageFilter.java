package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Objects;

/** Looks at what is said, before it is kept. */
@FunctionalInterface
public interface MessageFilter {

    /** What becomes of a text. */
    sealed interface Verdict {

        /** It is kept as it is. */
        Verdict PASSED = new Passed();

        /** Returns that this is kept instead. */
        static Verdict changedTo(String content) {
            return new Changed(content);
        }

        /** Returns that nothing is kept; the author is told why, with the code {@link Conversations#FILTERED}. */
        static Verdict refused(String why) {
            return new Refused(why);
        }
    }

    /** It is kept as it is. */
    record Passed() implements Verdict {}

    /** This is kept instead. */
    record Changed(String content) implements Verdict {

        /** Refuses a missing text. */
        public Changed {
            Objects.requireNonNull(content, "content");
        }
    }

    /** Nothing is kept, for this reason. */
    record Refused(String why) implements Verdict {

        /** Refuses a missing reason. */
        public Refused {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * Decides about what somebody wants to say, or to say otherwise; not about what is attached. Asked by several threads at once, with nothing locked; may
     * block. When it throws, nothing is kept, and the author is told {@link io.channelbox.message.PeerException#UNAVAILABLE}.
     */
    Verdict check(UserId author, ConversationId conversation, String content);
}

package io.channelbox.codec;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What surrounds a message on its way to one or many peers. A codec that has no place for it leaves it out.
 *
 * @param topic the topic it was said in
 * @param seq its number within the topic
 * @param ref the peer's own word for what this answers
 * @param mark whose it is, from where the recipient stands
 */
public record Envelope(Optional<String> topic, OptionalLong seq, Optional<String> ref, Optional<Mark> mark) {

    /** Surrounds nothing. */
    public static final Envelope NONE =
            new Envelope(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());

    /** Whose a message is, from where one recipient stands; as JSON {@code "is_mine":true,"is_current":false}. */
    public enum Mark {
        /** Somebody else's. */
        NOT_MINE(false, false),
        /** The recipient's own, said on another connection. */
        MINE(true, false),
        /** Said on this connection, by nobody known. */
        CURRENT(false, true),
        /** The recipient's own, said on this connection. */
        MINE_AND_CURRENT(true, true);

        private final boolean mine;
        private final boolean current;

        Mark(boolean mine, boolean current) {
            this.mine = mine;
            this.current = current;
        }

        /** Tells whether the recipient's user said it. */
        public boolean isMine() {
            return mine;
        }

        /** Tells whether it was said on the recipient's connection. */
        public boolean isCurrent() {
            return current;
        }
    }

    /** Refuses missing parts. */
    public Envelope {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(seq, "seq");
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(mark, "mark");
    }

    /** Returns the same envelope, for what was said in a topic. */
    public Envelope topic(String name) {
        return new Envelope(Optional.of(name), seq, ref, mark);
    }

    /** Returns the same envelope, with a number within the topic. */
    public Envelope seq(long number) {
        return new Envelope(topic, OptionalLong.of(number), ref, mark);
    }

    /** Returns the same envelope, for an answer. */
    public Envelope ref(String asked) {
        return new Envelope(topic, seq, Optional.of(asked), mark);
    }

    /** Returns the same envelope, for an answer to what may have asked for one. */
    public Envelope ref(Optional<String> asked) {
        return new Envelope(topic, seq, asked, mark);
    }

    /** Returns the same envelope, which tells whose the message is. */
    public Envelope marked(Mark whose) {
        return new Envelope(topic, seq, ref, Optional.of(whose));
    }

    /** Tells whether it surrounds nothing. */
    public boolean isEmpty() {
        return topic.isEmpty() && seq.isEmpty() && ref.isEmpty() && mark.isEmpty();
    }
}

package io.channelbox.consumer;

import java.util.List;

/**
 * Any number of answers to one message, in their order. A handler returns it where one object is not enough, or too much.
 *
 * @param payloads the answers
 */
public record Reply(List<Object> payloads) {

    private static final Reply NOTHING = new Reply(List.of());

    /** Copies the answers. */
    public Reply {
        payloads = List.copyOf(payloads);
    }

    /** Returns several answers. */
    public static Reply of(Object... payloads) {
        return new Reply(List.of(payloads));
    }

    /** Returns no answer; a ref is still acknowledged. */
    public static Reply nothing() {
        return NOTHING;
    }
}

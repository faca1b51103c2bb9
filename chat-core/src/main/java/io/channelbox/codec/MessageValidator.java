package io.channelbox.codec;

import io.channelbox.message.Problem;
import java.util.List;

/** Looks at messages that were read, before anything handles them: by annotations on their records, for example. Used by many threads at once. */
@FunctionalInterface
public interface MessageValidator {

    /** Returns what is wrong with the message; its peer is told. Paths name components as they are called in Java. */
    List<Problem> validate(Object message);
}

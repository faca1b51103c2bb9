package io.channelbox.conversation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of the content of a message that a search was for, as {@link String#substring(int, int)} takes it.
 *
 * @param start the index of its first character
 * @param end the index behind its last one
 */
public record Highlight(int start, int end) {

    /** Refuses parts that are empty or begin before the text. */
    public Highlight {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "a highlight must be from 0 or more to more, was " + start + " to " + end);
        }
    }

    /** Returns the same parts in their order, those that overlap or touch as one. */
    static List<Highlight> joined(List<Highlight> parts) {
        var joined = new ArrayList<Highlight>();
        for (Highlight next :
                parts.stream().sorted(Comparator.comparing(Highlight::start)).toList()) {
            int last = joined.size() - 1;
            if (last >= 0 && next.start <= joined.get(last).end) {
                Highlight before = joined.get(last);
                joined.set(last, new Highlight(before.start, Math.max(before.end, next.end)));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }
}

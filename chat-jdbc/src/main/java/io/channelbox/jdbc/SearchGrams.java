package io.channelbox.jdbc;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an index is asked for. Each gram that it is asked for is read as far as the rarest one leads, and what is proposed is looked at anyway: so the common ones are left out
 * beside a rare one.
 *
 * @param telling the grams that say most about where a query matches, at least one
 * @param share how many of all messages have the rarest of them: 1 is all
 */
record SearchGrams(Set<Integer> telling, double share) {

    private static final int MUCH_MORE = 16;

    /** Chooses among the grams of a query by the shares of those of which they are known. */
    static SearchGrams of(Set<Integer> all, Map<Integer, Double> shares) {
        double rarest = all.stream()
                .mapToDouble(gram -> shares.getOrDefault(gram, 1.0))
                .min()
                .orElse(1);
        Set<Integer> telling = all.stream()
                .filter(gram -> shares.getOrDefault(gram, 1.0) <= MUCH_MORE * rarest)
                .collect(Collectors.toSet());
        return new SearchGrams(telling, rarest);
    }
}

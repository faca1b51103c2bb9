package io.channelbox.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchGramsTest {

    @Test
    void whatIsCommonIsLeftOutBesideWhatIsRare() {
        SearchGrams grams = SearchGrams.of(Set.of(1, 2, 3), Map.of(1, 0.01, 2, 0.15, 3, 0.2));

        assertEquals(new SearchGrams(Set.of(1, 2), 0.01), grams);
    }

    @Test
    void whereAllAreCommonAllAreAskedFor() {
        SearchGrams grams = SearchGrams.of(Set.of(1, 2), Map.of(1, 0.5, 2, 1.0));

        assertEquals(new SearchGrams(Set.of(1, 2), 0.5), grams);
    }

    @Test
    void whatIsNotKnownIsTakenToBeEverywhere() {
        assertEquals(new SearchGrams(Set.of(1, 2), 1), SearchGrams.of(Set.of(1, 2), Map.of()));
        assertEquals(new SearchGrams(Set.of(1), 0), SearchGrams.of(Set.of(1, 2), Map.of(1, 0.0)));
    }
}

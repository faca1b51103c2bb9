package io.channelbox.testkit;

import static io.channelbox.testkit.BackplaneContract.OTHER;
import static io.channelbox.testkit.BackplaneSteps.atOnce;
import static io.channelbox.testkit.BackplaneSteps.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Signal;
import io.channelbox.cluster.Backplane;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Backplane} knows of the nodes, and of the users who are connected to them or shut out. */
interface BackplaneNodesContract {

    /** See {@link BackplaneContract#newBackplane()}. */
    Backplane newBackplane();

    @Test
    default void aNodeIsNewOnceAndGoneWhenItIsSilent() {
        try (Backplane here = newBackplane()) {
            assertFalse(here.alive("a", Duration.ofHours(1)));
            assertTrue(here.alive("a", Duration.ofHours(1)));
            assertFalse(here.alive("b", Duration.ofMillis(1)));

            assertEquals(List.of("b"), eventually(() -> here.claimGone(Duration.ofHours(1)), List.of("b")));
            assertFalse(here.alive("b", Duration.ofHours(1)));
            assertEquals(List.of(), here.claimGone(Duration.ofHours(1)));
        }
    }

    @Test
    default void aNodeThatIsGoneIsClaimedByOneUntilItIsForgotten() throws Exception {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.alive("a", Duration.ofMillis(1));
            eventually(() -> here.claimGone(Duration.ofMillis(1)), List.of("a"));
            eventually(() -> there.claimGone(Duration.ofMillis(1)), List.of("a")); // who had it did not forget it

            here.forget("a");

            assertEquals(List.of(), there.claimGone(Duration.ofHours(1)));
            here.alive("b", Duration.ofMillis(1));
            List<List<String>> claimed = new ArrayList<>();
            while (claimed.stream().allMatch(List::isEmpty)) {
                claimed = atOnce(8, i -> (i % 2 == 0 ? here : there).claimGone(Duration.ofHours(1)));
            }
            assertEquals(List.of("b"), claimed.stream().flatMap(List::stream).toList());
        }
    }

    @Test
    default void aNodeThatIsForgottenThoughItLivesLearnsItWithItsNextWord() {
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.alive("a", Duration.ofHours(1));

            there.forget("a");

            assertFalse(here.alive("a", Duration.ofHours(1)));
            assertTrue(here.alive("a", Duration.ofHours(1)));
        }
    }

    @Test
    default void bansAreKeptUntilTheyEnd() {
        var ann = new UserId("ann");
        var bob = new UserId("bob");
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.ban(new Signal.Ban(ann, Optional.of(OTHER), Duration.ofHours(1)));
            here.ban(new Signal.Ban(bob, Optional.empty(), Duration.ofSeconds(Long.MAX_VALUE)));
            here.ban(new Signal.Ban(ann, Optional.empty(), Duration.ofHours(1)));
            here.ban(new Signal.Ban(ann, Optional.empty(), Duration.ZERO));

            List<Signal.Ban> bans = there.bans();

            assertEquals(2, bans.size());
            for (Signal.Ban ban : bans) {
                assertEquals(ban.user().equals(ann) ? Optional.of(OTHER) : Optional.empty(), ban.group());
                assertTrue(ban.time().compareTo(Duration.ofMinutes(59)) > 0);
            }
        }
    }

    @Test
    default void connectionsAreCountedOverAllNodesThoughTheyRace() throws Exception {
        var ann = new UserId("ann");
        try (Backplane here = newBackplane();
                Backplane there = newBackplane()) {
            here.alive("a", Duration.ofHours(1));
            there.alive("b", Duration.ofHours(1));

            List<Boolean> entered = atOnce(16, i -> i % 2 == 0 ? here.enter("a", ann, 5) : there.enter("b", ann, 5));

            assertEquals(5, entered.stream().filter(counted -> counted).count());
            assertTrue(here.enter("a", new UserId("bob"), 1));
            here.entered("a", Map.of());
            here.entered("b", Map.of(ann, 1));
            assertTrue(there.enter("b", ann, 2));
            assertFalse(here.enter("a", ann, 2));
            there.leave("b", ann);
            assertTrue(here.enter("a", ann, 2));
        }
    }

    @Test
    default void connectionsOfNodesThatAreGoneDoNotCount() {
        var ann = new UserId("ann");
        try (Backplane here = newBackplane()) {
            here.alive("a", Duration.ofHours(1));
            here.alive("b", Duration.ofHours(1));
            assertTrue(here.enter("a", ann, 1));
            assertFalse(here.enter("b", ann, 1));

            here.forget("a");

            assertTrue(here.enter("b", ann, 1));
        }
    }
}

package io.channelbox.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.chaos.ClusterFault.Planned;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterFaultTest {

    private final List<Planned> plan = plan(4711);

    private static List<Planned> plan(long seed) {
        return ClusterFault.plan(new Random(seed), 3, 60, Duration.ofSeconds(10));
    }

    @Test
    void theSameSeedPlansTheSame() {
        assertEquals(plan(4711), plan);
    }

    @Test
    void everySortOfFaultIsPlanned() {
        for (Class<?> sort : ClusterFault.class.getPermittedSubclasses()) {
            assertTrue(plan.stream().anyMatch(planned -> sort.isInstance(planned.fault())), sort::getSimpleName);
        }
    }

    @Test
    void aNodeIsPausedForLongerThanTheOthersWaitAndForShorter() {
        assertEquals(
                2,
                plan.stream()
                        .map(Planned::fault)
                        .filter(ClusterFault.PauseNode.class::isInstance)
                        .map(fault -> ((ClusterFault.PauseNode) fault).time().compareTo(ChaosNode.TIMEOUT) > 0)
                        .distinct()
                        .count());
    }
}

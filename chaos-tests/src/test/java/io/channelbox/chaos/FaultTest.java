package io.channelbox.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.chaos.Fault.Planned;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultTest {

    private static List<Planned> plan(long seed) {
        return Fault.plan(new Random(seed), 7, Duration.ofMinutes(1));
    }

    @Test
    void theSameSeedPlansTheSame() {
        assertEquals(plan(4711), plan(4711));
    }

    @Test
    void everySortOfFaultIsPlanned() {
        for (Class<?> sort : Fault.class.getPermittedSubclasses()) {
            assertTrue(
                    plan(1).stream().anyMatch(planned -> sort.isInstance(planned.fault()))
                            || plan(2).stream().anyMatch(planned -> sort.isInstance(planned.fault())),
                    sort::getSimpleName);
        }
    }
}

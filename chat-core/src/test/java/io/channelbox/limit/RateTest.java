package io.channelbox.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RateTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aRateLetsAsManyThroughAtOnceAsInItsTimeUnlessItSaysOtherwise() {
        assertEquals(new Rate(20, SECOND, 20), Rate.perSecond(20));
        assertEquals(new Rate(20, SECOND, 40), Rate.perSecond(20).burst(40));
        assertEquals(new Rate(6, Duration.ofMinutes(1), 6), Rate.perMinute(6));
        assertEquals(new Rate(5, Duration.ofHours(1), 5), Rate.of(5, Duration.ofHours(1)));
    }

    @Test
    void aRateThatMeansNothingIsRefused() {
        refused("at least 1", () -> Rate.perSecond(0));
        refused("at least 1", () -> Rate.perSecond(1).burst(0));
        refused("nanosecond", () -> Rate.of(1, Duration.ZERO));
        refused("nanosecond", () -> Rate.of(1_001, Duration.ofNanos(1_000)));
        refused("century", () -> Rate.of(1, Duration.ofDays(365)).burst(101));
        refused("century", () -> Rate.of(1, Duration.ofSeconds(Long.MAX_VALUE)));
        refused("century", () -> Rate.of(1, Duration.ofHours(1)).burst(Integer.MAX_VALUE));
    }

    @Test
    void theLargestAndTheSmallestRateCanBeCounted() {
        assertEquals(1, Rate.of(1_000, Duration.ofNanos(1_000)).nanosPerPermit());
        assertEquals(
                Integer.MAX_VALUE,
                Rate.perSecond(1_000_000_000).burst(Integer.MAX_VALUE).nanosToFill());
        assertEquals(
                Duration.ofDays(100 * 365).toNanos(),
                Rate.of(1, Duration.ofDays(365)).burst(100).nanosToFill());
        assertEquals(333_333_334, Rate.perSecond(3).nanosPerPermit(), "never more than it says");
    }

    @Test
    void limitsBelowOneAreRefusedAndEachMethodChangesOneOfThem() {
        refused("at least 1", () -> Limits.NONE.withGroupsPerChannel(0));
        refused("at least 1", () -> Limits.NONE.withChannelsPerUser(0));
        refused("at least 1", () -> Limits.NONE.withRefusalsInARow(0));

        Limits all = Limits.NONE
                .withMessagesPerChannel(Rate.perSecond(1))
                .withMessagesPerUser(Rate.perSecond(2))
                .withMessagesPerGroup(Rate.perSecond(3))
                .withJoinsPerChannel(Rate.perSecond(4))
                .withGroupsPerChannel(5)
                .withChannelsPerUser(6)
                .withRefusalsInARow(7);

        assertEquals(Rate.perSecond(1), all.messagesPerChannel().orElseThrow());
        assertEquals(Rate.perSecond(2), all.messagesPerUser().orElseThrow());
        assertEquals(Rate.perSecond(3), all.messagesPerGroup().orElseThrow());
        assertEquals(Rate.perSecond(4), all.joinsPerChannel().orElseThrow());
        assertEquals(5, all.groupsPerChannel());
        assertEquals(6, all.channelsPerUser());
        assertEquals(7, all.refusalsInARow());
    }

    private static void refused(String cure, Executable mistake) {
        var refusal = assertThrows(IllegalArgumentException.class, mistake);
        assertTrue(String.valueOf(refusal.getMessage()).contains(cure), refusal::getMessage);
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.fake.TestBox;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Clients that all come back at once. */
class ArrivalsTest {

    private long nanos;

    @Test
    void aStormIsLetInAtTheRateAndNobodyComesMoreThanTwice() {
        var arrivals = new Arrivals(Rate.perSecond(500), () -> nanos, new Random(20261121)::nextDouble);
        var comingAgain = new TreeMap<Long, Integer>();
        int atOnce = 0;
        for (int client = 0; client < 10_000; client++) {
            Duration away = arrivals.tryEnter();
            if (away.isZero()) {
                atOnce++;
            } else {
                comingAgain.merge(away.toNanos(), 1, Integer::sum);
            }
        }

        List<Duration> thirdTries = new ArrayList<>();
        comingAgain.forEach((time, clients) -> {
            nanos = time;
            for (int client = 0; client < clients; client++) {
                Duration away = arrivals.tryEnter();
                if (!away.isZero()) {
                    thirdTries.add(away);
                }
            }
        });

        assertEquals(500, atOnce);
        assertEquals(List.of(), thirdTries);
        assertEquals(19, Duration.ofNanos(nanos).toSeconds());
    }

    @Test
    void nobodyIsToldToStayAwayForLongerThanAMinute() {
        var arrivals = new Arrivals(Rate.perSecond(1), () -> nanos, new Random(20261121)::nextDouble);

        for (int client = 0; client < 1_000; client++) {
            assertTrue(arrivals.tryEnter().compareTo(Duration.ofSeconds(61)) < 0);
        }
    }

    @Test
    void whoStaysAwayAfterAllDelaysNobody() {
        var arrivals = new Arrivals(Rate.perSecond(10), () -> nanos, () -> 0);
        for (int client = 0; client < 100; client++) {
            arrivals.tryEnter();
        }
        nanos += Duration.ofMinutes(1).toNanos();

        for (int client = 0; client < 10; client++) {
            assertEquals(Duration.ZERO, arrivals.tryEnter());
        }
        assertTrue(arrivals.tryEnter().compareTo(Duration.ofMillis(250)) < 0);
    }

    @Test
    void aBoxWithoutALimitLetsAllIn() {
        var test = new TestBox();

        for (int client = 0; client < 10_000; client++) {
            assertTrue(test.box.refusal().isEmpty());
        }
    }

    @Test
    void aBoxWithALimitTellsWhoComesTooSoonWhenToComeAgain() {
        var test = new TestBox(builder -> builder.limits(Limits.NONE.withArrivals(Rate.perSecond(1))));

        assertTrue(test.box.refusal().isEmpty());
        AuthResult.Rejected refused = test.box.refusal().orElseThrow();

        assertEquals(AuthResult.Reason.UNAVAILABLE, refused.reason());
        assertEquals("try again later; retry in 2001 ms", refused.text());
        test.time.pass(Duration.ofSeconds(2));
        assertTrue(test.box.refusal().isEmpty());
    }
}

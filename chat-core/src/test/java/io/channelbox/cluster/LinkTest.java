package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {

    private static final long PROBE_NANOS = 5_000;
    private static final long TICK_NANOS = 500;

    private final List<String> done = new ArrayList<>();
    private Runnable pinged = () -> {};
    private Runnable told = () -> {};
    private Runnable resubscribed = () -> {};
    private long now;
    private final Backplane backplane = (Backplane) Proxy.newProxyInstance(
            Backplane.class.getClassLoader(), new Class<?>[] {Backplane.class}, (proxy, method, args) -> {
                switch (method.getName()) {
                    case "ping" -> pinged.run();
                    case "tell" -> told.run();
                    case "resubscribe" -> {
                        done.add("resubscribed");
                        resubscribed.run();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
            });
    private final Link link =
            new Link(backplane, "node", Runnable::run, () -> now, PROBE_NANOS, () -> done.add("restored"));

    private static void partlyAway() {
        throw new PartlyUnreachableException("one of many is away");
    }

    private void pass(long nanos) {
        for (long end = now + nanos; now < end; now += TICK_NANOS) {
            link.tick();
        }
    }

    @Test
    void thatAProbeCouldNotBeToldSaysNothingOfTheSubscription() {
        pinged = LinkTest::partlyAway;
        told = LinkTest::partlyAway;

        pass(4 * PROBE_NANOS);

        assertEquals(List.of("restored"), done);
        assertTrue(link.hears());
        assertFalse(link.health().healthy());
    }

    @Test
    void aSubscriptionThatWasMadeAnewIsBelievedWhenItCannotBeProbed() {
        pass(2 * PROBE_NANOS); // a probe does not come back
        pinged = LinkTest::partlyAway;
        told = LinkTest::partlyAway;

        pass(4 * PROBE_NANOS);

        assertEquals(1, done.stream().filter("resubscribed"::equals).count(), done::toString);
        assertTrue(link.hears());
    }

    @Test
    void aSubscriptionThatIsMadeAnewLateIsNotTakenForDeafItself() {
        resubscribed = () -> {
            link.disconnected("to be made anew");
            partlyAway();
        };
        pass(3 * PROBE_NANOS);
        assertEquals(List.of("resubscribed"), done);
        assertTrue(link.answers());

        link.connected();

        assertEquals(List.of("resubscribed", "restored"), done);
    }
}

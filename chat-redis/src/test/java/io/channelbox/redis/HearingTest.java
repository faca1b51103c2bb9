package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.Backplane.Listener;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HearingTest {

    private final List<String> told = new ArrayList<>();
    private final Listener listener = (Listener) Proxy.newProxyInstance(
            Listener.class.getClassLoader(), new Class<?>[] {Listener.class}, (proxy, method, args) -> {
                told.add(method.getName());
                return null;
            });
    private final Hearing<String> hearing = new Hearing<>(listener);

    private void restore(String connection) {
        hearing.begin(connection);
        hearing.holdsOn(connection);
    }

    @Test
    void thereIsNoWordOfTheFirstConnectionAndOneOfEachLaterOne() {
        restore("first");
        hearing.lose("first", "it broke");
        restore("second");

        assertEquals(List.of("disconnected", "connected"), told);
        assertEquals("second", hearing.ready().getNow("none"));
    }

    @Test
    void aConnectionThatIsLostBeforeAllSubscriptionsHoldOnItIsNeverReady() {
        restore("first");
        hearing.lose("first", "it broke");
        hearing.begin("second");
        hearing.lose("second", "it is to be made anew");

        hearing.holdsOn("second");

        assertFalse(hearing.ready().isDone());
        assertEquals(List.of("disconnected"), told);
    }

    @Test
    void aConnectionThatIsLostAtTheMomentItIsReadyIsToldOfInThatOrderAndTheNextOneIsReadyThen() {
        restore("first");
        hearing.lose("first", "it broke");
        hearing.begin("second");
        var renewed = hearing.ready().thenRun(() -> hearing.lose("second", "it is to be made anew"));

        hearing.holdsOn("second");
        assertTrue(renewed.isDone());
        assertEquals("none", hearing.ready().getNow("none"));
        assertEquals(List.of("disconnected", "connected", "disconnected"), told);

        restore("third");
        assertEquals("third", hearing.ready().getNow("none"));
        assertEquals(List.of("disconnected", "connected", "disconnected", "connected"), told);
    }

    @Test
    void whatIsLostIsLostOnce() {
        restore("first");

        assertTrue(hearing.lose("first", "it broke"));
        assertFalse(hearing.lose("first", "it broke"));
        assertEquals(List.of("disconnected"), told);
    }

    @Test
    void nothingIsTakenWhenItIsClosed() {
        restore("first");
        hearing.close();

        assertFalse(hearing.begin("second"));
        assertFalse(hearing.lose("first", "it broke"));
    }
}

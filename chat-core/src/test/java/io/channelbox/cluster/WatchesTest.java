package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private static final GroupName HERE = GroupName.of("here");

    private final List<Collection<?>> subscribed = new ArrayList<>();
    private boolean away = true;
    private final Backplane backplane = (Backplane) Proxy.newProxyInstance(
            Backplane.class.getClassLoader(), new Class<?>[] {Backplane.class}, (proxy, method, args) -> {
                Collection<?> groups = (Collection<?>) args[0];
                if (method.getName().equals("subscribe")) {
                    subscribed.add(groups);
                    return null;
                }
                if (away && groups.stream().anyMatch(group -> !group.equals(HERE))) {
                    throw new PartlyUnreachableException("one of many is away");
                }
                return Map.of();
            });
    private final Link link = new Link(backplane, "node", task -> {}, () -> 0, 1, () -> {});
    private final Watches watches = new Watches(backplane, this::watch, () -> 0, 1);

    private Watch watch(GroupName group) {
        return new Watch(
                group,
                backplane,
                new Lane(Runnable::run, () -> {}),
                new Questions(Runnable::run, link),
                new Malformed(),
                new Nowhere());
    }

    private static final class Nowhere implements GroupStream.Sink<Watch.Item> {

        @Override
        public void receive(GroupStream.Arrival<Watch.Item> arrival) {}

        @Override
        public void lost(StreamPosition after, StreamPosition upTo) {}

        @Override
        public void dropped(int things) {}
    }

    @Test
    void groupsOfAServerThatDoesNotAnswerAreNotSubscribedToOneByOneAgainAndAgain() {
        watches.watch(HERE, true, false);
        for (int i = 0; i < 1_000; i++) {
            watches.watch(GroupName.of("away", "" + i), true, false);
        }

        watches.subscribeToRest();
        watches.subscribeToRest();
        assertEquals(List.of(List.of(HERE)), subscribed);

        away = false;
        watches.subscribeToRest();
        watches.subscribeToRest();
        assertEquals(
                List.of(1, 1_000), subscribed.stream().map(Collection::size).toList());
    }
}

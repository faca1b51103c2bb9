package io.channelbox.redis;

import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.TooLargeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is on its way to Redis. Of each group one script is under way at a time; what is published meanwhile waits, and goes together in the
 * next one. Different groups do not wait for each other.
 */
final class Publishing {

    private static final int MOST_TOGETHER = 256;
    private static final int LARGEST_TOGETHER = 1 << 20;

    private final RedisLink link;
    private final Appends appends;
    private final int largestEnvelope;
    // A group is in here while something of it is under way; what waits is changed within compute only.
    private final ConcurrentHashMap<GroupName, Deque<Waiting>> lanes = new ConcurrentHashMap<>();

    Publishing(RedisLink link, int largestEnvelope) {
        this.link = link;
        this.appends = new Appends(link);
        this.largestEnvelope = largestEnvelope;
    }

    private record Waiting(Outgoing outgoing, CompletableFuture<Outcome> outcome) {
        boolean goesWith(Optional<Retention> retention) {
            return retention.isEmpty()
                    || outgoing.keep().isEmpty()
                    || outgoing.keep().map(Keep::retention).equals(retention);
        }
    }

    Outcome publish(Outgoing outgoing) {
        int size = outgoing.envelope().length;
        if (size > largestEnvelope) {
            throw new TooLargeException("A message of " + size + " bytes with all that goes with it is larger than "
                    + largestEnvelope + ". Say less at once, or raise largestEnvelope.");
        }
        var waiting = new Waiting(outgoing, new CompletableFuture<>());
        List<Waiting> first = new ArrayList<>(1);
        lanes.compute(outgoing.group(), (group, lane) -> {
            if (lane == null) {
                first.add(waiting);
                return new ArrayDeque<>(0);
            }
            lane.add(waiting);
            return lane;
        });
        if (!first.isEmpty()) {
            send(outgoing.group(), first);
        }
        return link.await("Publishing to " + outgoing.group(), waiting.outcome());
    }

    private void send(GroupName group, List<Waiting> together) {
        List<Appends.Entry> entries = together.stream()
                .map(waiting -> Appends.Entry.now(waiting.outgoing()))
                .toList();
        try {
            appends.append(group, entries, Subscriptions.channelOf(link, group), Bytes.NONE)
                    .whenComplete((answers, failure) -> {
                        if (failure == null) {
                            sendNext(group);
                            answer(together, answers);
                        } else {
                            fail(group, together, failure);
                        }
                    });
        } catch (RuntimeException e) {
            fail(group, together, e);
        }
    }

    private static void answer(List<Waiting> together, List<Appends.Answer> answers) {
        for (int i = 0; i < together.size(); i++) {
            CompletableFuture<Outcome> outcome = together.get(i).outcome();
            try {
                outcome.complete(answers.get(i).orThrow());
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        }
    }

    private void sendNext(GroupName group) {
        List<Waiting> next = new ArrayList<>();
        lanes.computeIfPresent(group, (name, lane) -> {
            takeFrom(lane, next);
            return next.isEmpty() ? null : lane;
        });
        if (!next.isEmpty()) {
            send(group, next);
        }
    }

    private static void takeFrom(Deque<Waiting> lane, List<Waiting> together) {
        Optional<Retention> retention = Optional.empty();
        long bytes = 0;
        while (!lane.isEmpty() && together.size() < MOST_TOGETHER && bytes < LARGEST_TOGETHER) {
            Waiting next = lane.getFirst();
            if (!next.goesWith(retention)) {
                return;
            }
            together.add(lane.removeFirst());
            bytes += next.outgoing().envelope().length;
            retention = retention.or(() -> next.outgoing().keep().map(Keep::retention));
        }
    }

    /** When nobody answers, what waits fails as well: it would wait for the same. */
    private void fail(GroupName group, List<Waiting> together, Throwable failure) {
        StoreException told = link.failure("Publishing to " + group, failure);
        List<Waiting> failed = new ArrayList<>(together);
        if (told instanceof UnreachableException) {
            lanes.computeIfPresent(group, (name, lane) -> {
                failed.addAll(lane);
                return null;
            });
        } else {
            sendNext(group);
        }
        failed.forEach(waiting -> waiting.outcome().completeExceptionally(told));
    }
}

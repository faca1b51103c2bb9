package io.channelbox.conversation.realtime;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.TooLargeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells groups what has happened, which is stored by now. What a group cannot be told, because the other nodes are not reached, waits, and
 * what comes later for the same group waits behind it: it is told afterwards, in its order, and once; a word whose answer was lost for longer
 * than keys are remembered, five minutes, may be told twice, with the same ids.
 *
 * <p>So much may wait. When there is more, nothing of the group of the oldest waits any longer: that group is told that it missed something; and
 * when that has become of as many groups, all of its kind are.
 */
final class Telling {

    private static final Logger log = LoggerFactory.getLogger(Telling.class);
    private static final int MOST_FAILURES = 100;

    /** What is to be done in a group, when all that was to be done there before is. */
    private static final class Untold {

        private final GroupName group;
        private final Runnable work;

        Untold(GroupName group, Runnable work) {
            this.group = group;
            this.work = work;
        }
    }

    /** Tells who missed something. */
    interface Missed {

        /** Tells a group. */
        void in(GroupName group);

        /** Tells all groups of a kind, on all nodes. */
        void inAll(String kind);
    }

    private final ChannelBox box;
    private final Missed missed;
    private final int most;
    private final String name = UUID.randomUUID().toString();
    private final AtomicLong lastKey = new AtomicLong();
    // Held by the one thread that tells what waits.
    private final AtomicBoolean busy = new AtomicBoolean();

    // Guarded by this, which is never held while something is told.
    private final Map<GroupName, Deque<Untold>> lines = new LinkedHashMap<>();
    // What may be dropped of the lines, the oldest first.
    private final Set<Untold> waiting = new LinkedHashSet<>();
    // What is done before what waits, by its name.
    private final Map<String, Runnable> first = new LinkedHashMap<>(0);
    private boolean overflowed;

    /**
     * @param most how much may wait, and of how many groups more it is known that they missed something
     */
    Telling(ChannelBox box, Missed missed, int most) {
        this.box = box;
        this.missed = missed;
        this.most = most;
        box.everySecond(this::goOn);
    }

    /** Broadcasts a word, now or later. */
    void tell(GroupName group, Object word, PublishOptions options) {
        PublishOptions once = once(options);
        inTurn(group, () -> box.group(group).broadcast(word, once));
    }

    /** An answer may be lost, and then the same is told again. What is not kept is not lost by a broker of one node, and needs no key. */
    private PublishOptions once(PublishOptions options) {
        return options.saving() == PublishOptions.Saving.YES || box.cluster().isPresent()
                ? options.withIdempotencyKey(name + '-' + lastKey.incrementAndGet())
                : options;
    }

    /** Does something in a group, now or later. It may be tried several times. */
    void inTurn(GroupName group, Runnable work) {
        if (isWaiting(group)) {
            keep(group, work);
            return;
        }
        try {
            work.run();
        } catch (TooLargeException e) {
            log.error("What happened in {} is too large to be told. It is told that something was missed", group, e);
            inTurn(group, () -> missed.in(group));
        } catch (StoreException e) {
            later(group, work, e);
        }
    }

    /** Does later what could not be done now, and before anything else is told to the group. */
    void later(GroupName group, Runnable work, StoreException why) {
        if (!isAnyWaiting()) {
            log.warn("What happens in {} and other groups cannot be told now. It is told later", group, why);
        }
        keep(group, work);
    }

    private void keep(GroupName group, Runnable work) {
        if (add(group, work)) {
            log.error("More than {} words wait to be told. The oldest are dropped; their groups are told of it", most);
        }
    }

    /** Adds it, and tells whether something was dropped for the first time since nothing waited. */
    private synchronized boolean add(GroupName group, Runnable work) {
        var untold = new Untold(group, work);
        lines.computeIfAbsent(group, none -> new ArrayDeque<>()).add(untold);
        waiting.add(untold);
        if (waiting.size() <= most) {
            return false;
        }
        boolean isFirst = !overflowed;
        dropOldest();
        overflowed = !lines.isEmpty();
        return isFirst;
    }

    private void dropOldest() {
        GroupName group = waiting.iterator().next().group;
        Deque<Untold> line = Objects.requireNonNull(lines.get(group), "line");
        line.forEach(waiting::remove);
        line.clear();
        line.add(new Untold(group, () -> missed.in(group)));
        if (lines.size() > 2 * most && !group.kind().isEmpty()) {
            dropAll(group.kind());
        }
    }

    private void dropAll(String kind) {
        waiting.removeIf(untold -> untold.group.kind().equals(kind));
        lines.keySet().removeIf(group -> group.kind().equals(kind));
        first.put("all " + kind, () -> missed.inAll(kind));
    }

    /** Does something soon, and before what waits; once, however often it is asked for by this name. It may be tried several times. */
    synchronized void first(String what, Runnable work) {
        first.put(what, work);
    }

    /** Tells what waits, on the box's executor. What still cannot be told waits on. */
    void goOn() {
        if (!isAnyWaiting() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            box.executor().execute(this::tellWaiting);
        } catch (RejectedExecutionException e) { // in a second it is tried again
            busy.set(false);
        }
    }

    private void tellWaiting() {
        try {
            firstOnes().forEach(this::doFirst);
            int failures = 0;
            for (GroupName group : groups()) {
                if (!tellAll(group) && ++failures == MOST_FAILURES) {
                    return;
                }
            }
        } finally {
            busy.set(false);
        }
    }

    private void doFirst(String what, Runnable work) {
        try {
            work.run();
        } catch (StoreException e) {
            log.debug("{} can still not be told", what, e);
            putBack(what, work);
        } catch (RuntimeException | Error e) {
            log.error("{} cannot be told that something was missed", what, e);
        }
    }

    private boolean tellAll(GroupName group) {
        for (Optional<Untold> next = oldest(group); next.isPresent(); next = oldest(group)) {
            if (!isDone(next.get())) {
                putLast(group);
                return false;
            }
            if (remove(next.get())) {
                log.info("All that waited has been told");
            }
        }
        return true;
    }

    private boolean isDone(Untold untold) {
        try {
            untold.work.run();
        } catch (TooLargeException e) {
            log.error("What happened in {} is too large to be told", untold.group, e);
            return isDone(new Untold(untold.group, () -> missed.in(untold.group)));
        } catch (StoreException e) {
            log.debug("{} can still not be told", untold.group, e);
            return false;
        } catch (RuntimeException | Error e) {
            log.error("What happened in {} cannot be told", untold.group, e);
        }
        return true;
    }

    private synchronized boolean isWaiting(GroupName group) {
        return lines.containsKey(group);
    }

    private synchronized boolean isAnyWaiting() {
        return !lines.isEmpty() || !first.isEmpty();
    }

    private synchronized Map<String, Runnable> firstOnes() {
        Map<String, Runnable> all = new LinkedHashMap<>(first);
        first.clear();
        return all;
    }

    private synchronized void putBack(String what, Runnable work) {
        first.putIfAbsent(what, work);
    }

    private synchronized List<GroupName> groups() {
        return List.copyOf(lines.keySet());
    }

    private synchronized Optional<Untold> oldest(GroupName group) {
        return Optional.ofNullable(lines.get(group)).map(Deque::peek);
    }

    /** Returns of how many groups anything is remembered. */
    synchronized int size() {
        return lines.size() + first.size();
    }

    /** The others have their turn before this group is tried again. */
    private synchronized void putLast(GroupName group) {
        Deque<Untold> line = lines.remove(group);
        if (line != null) {
            lines.put(group, line);
        }
    }

    /** Removes what was told, unless it was dropped meanwhile, and tells whether nothing waits any longer. */
    private synchronized boolean remove(Untold told) {
        waiting.remove(told);
        Deque<Untold> line = lines.get(told.group);
        if (line == null || line.peek() != told) {
            return false;
        }
        line.remove();
        if (line.isEmpty()) {
            lines.remove(told.group);
        }
        overflowed &= !lines.isEmpty();
        return lines.isEmpty();
    }
}

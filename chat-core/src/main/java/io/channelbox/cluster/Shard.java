package io.channelbox.cluster;

import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the backplanes that groups are spread over, and those of its groups that this node hears. Each has a {@link Link} of its own: when
 * one does not answer, groups of others go on.
 */
final class Shard {

    private static final Logger log = LoggerFactory.getLogger(Shard.class);
    private static final int VERIFIED_IN_TICKS = 80;

    /**
     * What all shards of a node have in common.
     *
     * @param patient whether groups are joined while nobody answers
     * @param watchOf makes what hears a group
     * @param reconnected run when everything was restored
     */
    record Setting(
            String node,
            Threads threads,
            LongSupplier nanoTime,
            Duration probeEvery,
            Duration linger,
            boolean patient,
            BiFunction<Shard, GroupName, Watch> watchOf,
            Runnable reconnected) {}

    private final Backplane backplane;
    private final Setting setting;
    private final Link link;
    private final Questions questions;
    private final Watches watches;
    private final AtomicBoolean tidying = new AtomicBoolean();
    private final AtomicLong ticks = new AtomicLong();

    Shard(Backplane backplane, Setting setting) {
        this.backplane = backplane;
        this.setting = setting;
        this.link = new Link(
                backplane,
                setting.node(),
                setting.threads().pulse(),
                setting.nanoTime(),
                setting.probeEvery().toNanos(),
                this::restore);
        this.questions = new Questions(setting.threads().questions(), link);
        this.watches = new Watches(
                backplane,
                group -> setting.watchOf().apply(this, group),
                setting.nanoTime(),
                setting.linger().toNanos());
    }

    Backplane backplane() {
        return backplane;
    }

    Link link() {
        return link;
    }

    Questions questions() {
        return questions;
    }

    Watches watches() {
        return watches;
    }

    /** Returns what was kept here; while nobody answers it is not asked. */
    History history() {
        return Guarded.by(link, History.class, backplane.history());
    }

    void watch(GroupName group) {
        if (!link.answers() && !setting.patient() && watches.get(group) == null) {
            throw link.notAsked("Nobody can join " + group + " now");
        }
        try {
            watches.watch(group, setting.patient(), link.hears());
        } catch (UnreachableException e) {
            link.failed(e);
            throw e;
        }
    }

    /** Some time has passed. */
    void tick() {
        link.tick();
        if (tidying.compareAndSet(false, true)) {
            questions.ask(this::tidy, this::notTidied);
        }
    }

    private void notTidied(Throwable why) {
        tidying.set(false);
        log.debug("Not all groups could be looked after, which is tried again", why);
    }

    private void tidy() {
        try {
            watches.sweep();
            watches.all().forEach(Watch::retry);
            if (link.answers()) {
                watches.subscribeToRest();
            }
            verify(ticks.incrementAndGet());
        } finally {
            tidying.set(false);
        }
    }

    /** Looks at a part of the groups, so that each is looked at in its turn: the last message of a silent one may have been missed. */
    private void verify(long tick) {
        List<GroupName> turn = watches.all().stream()
                .map(Watch::group)
                .filter(group -> Math.floorMod(group.hashCode(), VERIFIED_IN_TICKS) == tick % VERIFIED_IN_TICKS)
                .toList();
        if (!turn.isEmpty()) {
            Map<GroupName, StreamPosition> tops = backplane.tops(turn);
            tops.forEach(
                    (group, top) -> Optional.ofNullable(watches.get(group)).ifPresent(watch -> watch.compare(top)));
        }
    }

    private void restore() {
        watches.subscribeToRest();
        watches.all().forEach(Watch::repair);
        setting.reconnected().run();
    }
}

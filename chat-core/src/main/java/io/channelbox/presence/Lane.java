package io.channelbox.presence;

import io.channelbox.cluster.UnreachableException;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane of one group: whatever changes is brought here as a step, and one thread at a time takes all steps that wait, does
 * them, and tells what came of them.
 *
 * <p>A step that fails is done again a second later, and those that came after it have been done by then. So a step carries
 * nothing that may have changed meanwhile: it reads the store, and of a tracking whether it still goes on and how its device is now.
 * Then it does not matter who brought them when: what is told last is what is.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    /** Something to be done in the lane. */
    @FunctionalInterface
    interface Step {
        void run(GroupPresence group);
    }

    private final Presence presence;
    private final Lanes lanes;
    private final GroupName name;
    // Used by whoever runs the lane.
    private final GroupPresence group;
    private boolean tellsLater; // whether a step that does nothing waits for that

    // Guarded by this. Never held while a step runs.
    private ArrayDeque<Step> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean retired;

    Lane(Presence presence, Lanes lanes, GroupName name) {
        this.presence = presence;
        this.lanes = lanes;
        this.name = name;
        this.group = new GroupPresence(presence, lanes, name);
    }

    GroupName name() {
        return name;
    }

    /** What became of a step. */
    enum Added {
        /** Nobody runs the lane: somebody has to. */
        TO_IDLE,
        /** Whoever runs the lane will come to it. */
        TO_BUSY,
        /** Nothing was left to do, and this object is out of use. */
        NOT_ANY_MORE
    }

    /** Adds a step; the caller has the lane run if the answer says so. */
    synchronized Added add(Step step) {
        if (retired) {
            return Added.NOT_ANY_MORE;
        }
        waiting.addLast(step);
        if (busy) {
            return Added.TO_BUSY;
        }
        busy = true;
        return Added.TO_IDLE;
    }

    /** Nobody could be found to run the lane; somebody will look again. */
    synchronized void giveBack() {
        busy = false;
    }

    /** Does all that waits, until nothing does. */
    void run() {
        for (List<Step> steps = take(); !steps.isEmpty() && !presence.isClosed(); steps = take()) {
            steps.forEach(this::doOrPostpone);
            tellOrPostpone();
        }
    }

    private synchronized List<Step> take() {
        List<Step> steps = List.copyOf(waiting);
        waiting = new ArrayDeque<>(0);
        if (steps.isEmpty()) {
            busy = false;
            if (!retired && group.isEmpty()) {
                retired = true;
                lanes.retired(this);
            }
        }
        return steps;
    }

    private void doOrPostpone(Step step) {
        try {
            group.load();
            step.run(group);
        } catch (UnreachableException e) {
            log.debug("A change in {} cannot be noted now", name, e);
            lanes.later(name, step);
        } catch (RuntimeException | Error e) { // the store, most likely; those behind it are done in any case
            log.warn("A change in {} could not be noted, and is tried again", name, e);
            lanes.later(name, step);
        }
    }

    private void tellOrPostpone() {
        try {
            group.tell();
        } catch (UnreachableException e) { // of which it is told elsewhere, and once
            log.debug("Who is in {} cannot be told now", name, e);
            tellLater();
        } catch (StoreException e) {
            log.warn("Who is in {} could not be told, which is tried again", name, e);
            tellLater();
        } catch (RuntimeException | Error e) {
            log.error("Telling who is in {} failed, and is tried again", name, e);
            tellLater();
        }
    }

    /** What is to be told is told after any step, also one that does nothing; one of these is enough. */
    private void tellLater() {
        if (!tellsLater) {
            tellsLater = true;
            lanes.later(name, same -> tellsLater = false);
        }
    }
}

package io.channelbox.examples.room;

import io.channelbox.auth.User;
import io.channelbox.channel.Group;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices who comes to a group with their first device, at whichever program, and who goes with their last. */
final class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private record Seat(GroupName group, UserId user) {}

    // The announcements run inside, so that a group hears of one user, whose devices come and go at the same moment, in
    // the
    // order in which it happened. All they do is say something to a group, and that waits for nobody.
    // With other programs they ask and wait, and two devices that come at one moment to two programs may both be the
    // first.
    private final ConcurrentHashMap<Seat, Integer> devices = new ConcurrentHashMap<>();
    private final Elsewhere elsewhere;

    Arrivals(Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** Counts a device in: the user's first one is announced, a further one only told of itself. */
    void arrive(Group group, User user, Runnable first, Runnable further) {
        devices.compute(new Seat(group.name(), user.id()), (seat, count) -> {
            if (count == null && !elsewhere.has(group.name(), user.id())) {
                first.run();
            } else {
                further.run();
            }
            return count == null ? 1 : count + 1;
        });
    }

    /** Counts a device out: that the last one has gone is announced. */
    void depart(Group group, User user, Runnable last) {
        devices.computeIfPresent(new Seat(group.name(), user.id()), (seat, count) -> {
            if (count > 1) {
                return count - 1;
            }
            announce(seat, last);
            return null;
        });
    }

    private void announce(Seat seat, Runnable last) {
        try {
            if (!elsewhere.has(seat.group(), seat.user())) {
                last.run();
            }
        } catch (StoreException e) { // gone nevertheless
            log.warn("Nobody is told that {} has left {}", seat.user(), seat.group(), e);
        }
    }
}

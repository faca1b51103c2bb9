package io.channelbox.examples.room;

import io.channelbox.auth.User;
import io.channelbox.channel.Group;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.concurrent.ConcurrentHashMap;

/** Notices who comes to a group with their first device, and who goes with their last. */
final class Arrivals {

    private record Seat(GroupName group, UserId user) {}

    // The announcements run inside, so that a group hears of one user, whose devices come and go at the same moment, in
    // the
    // order in which it happened. All they do is say something to a group, and that waits for nobody.
    private final ConcurrentHashMap<Seat, Integer> devices = new ConcurrentHashMap<>();

    /** Counts a device in: the user's first one is announced, a further one only told of itself. */
    void arrive(Group group, User user, Runnable first, Runnable further) {
        devices.compute(new Seat(group.name(), user.id()), (seat, count) -> {
            if (count == null) {
                first.run();
                return 1;
            }
            further.run();
            return count + 1;
        });
    }

    /** Counts a device out: that the last one has gone is announced. */
    void depart(Group group, User user, Runnable last) {
        devices.computeIfPresent(new Seat(group.name(), user.id()), (seat, count) -> {
            if (count == 1) {
                last.run();
                return null;
            }
            return count - 1;
        });
    }
}

package io.channelbox.presence;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Who has left this node and is kept for the grace time, and whom the store lost, so that they are missed after it. */
final class Departures {

    private final Presence presence;
    // The next one first: all wait as long.
    private final Queue<Departure> departures = new ConcurrentLinkedQueue<>();
    private final Queue<Absence> absences = new ConcurrentLinkedQueue<>();

    /** One that is kept. */
    static final class Departure {

        private final long due;
        private final PresenceEntry entry;
        private boolean over; // used by whoever runs the lane of the group

        Departure(long due, PresenceEntry entry) {
            this.due = due;
            this.entry = entry;
        }

        PresenceEntry entry() {
            return entry;
        }

        boolean isOver() {
            return over;
        }
    }

    private record Absence(long due, GroupName group, Set<UserId> users) {}

    Departures(Presence presence) {
        this.presence = presence;
    }

    /** Takes an entry out of the store, or has it kept for the grace time. */
    void leave(PresenceEntry entry, boolean atOnce) {
        boolean kept = !atOnce && presence.settings().grace() > 0;
        PresenceStore.Left left =
                presence.store().leave(entry, kept ? Optional.of(presence.now()) : Optional.<Instant>empty());
        if (left == PresenceStore.Left.KEPT) {
            departures.add(new Departure(due(), entry));
        }
    }

    /** Has it looked for users again after the grace time: whoever knows them may be about to tell the store. */
    void missLater(GroupName group, Set<UserId> users) {
        if (!users.isEmpty()) {
            absences.add(new Absence(due(), group, users));
        }
    }

    private long due() {
        return presence.nanoTime() + presence.settings().grace();
    }

    Map<GroupName, List<Departure>> byGroup() {
        return departures.stream()
                .collect(Collectors.groupingBy(departure -> departure.entry().group()));
    }

    /** Ends what is due. */
    void sweep() {
        long now = presence.nanoTime();
        for (Departure next = departures.peek(); next != null && now - next.due >= 0; next = departures.peek()) {
            end(next);
            departures.remove();
        }
        for (Absence next = absences.peek(); next != null && now - next.due() >= 0; next = absences.peek()) {
            Set<UserId> users = next.users();
            presence.inLane(next.group(), at -> at.changedElsewhere(users));
            absences.remove();
        }
    }

    private void end(Departure departure) {
        PresenceEntry entry = departure.entry();
        presence.inLane(entry.group(), at -> {
            departure.over = true;
            presence.store().leave(entry, Optional.empty());
            at.changedHere(entry.user());
        });
    }

    void clear() {
        departures.clear();
        absences.clear();
    }

    /** Returns how much is remembered. */
    int size() {
        return departures.size() + absences.size();
    }
}

package io.channelbox.presence;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One user in a group, whatever number of devices they use.
 *
 * @param name what others see: by the device that came last; who is offline is called by their id
 * @param status busy or away if the user says so; else online while one device is active, and away when none is
 * @param text what the user says of themselves
 * @param since when the first device came; empty for who is offline
 * @param devices how many are here. Somebody whose last device has left counts with it for the grace time.
 */
public record PresenceMember(
        UserId id, String name, PresenceStatus status, Optional<String> text, Optional<Instant> since, int devices) {

    /** Refuses missing parts. */
    public PresenceMember {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(since, "since");
    }

    /** Returns what these entries say of their one user; empty when there are none. */
    static Optional<PresenceMember> of(List<PresenceEntry> entries) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        List<PresenceEntry> here =
                entries.stream().filter(PresenceEntry::isHere).toList();
        List<PresenceEntry> counted = here.isEmpty() ? entries.subList(entries.size() - 1, entries.size()) : here;
        PresenceEntry last = counted.get(counted.size() - 1);
        return Optional.of(new PresenceMember(
                last.user(),
                last.name(),
                status(counted, last.status()),
                last.status().text(),
                Optional.of(counted.get(0).since()),
                counted.size()));
    }

    private static PresenceStatus status(List<PresenceEntry> counted, UserStatus said) {
        if (said.status() != PresenceStatus.ONLINE) {
            return said.status();
        }
        return counted.stream().anyMatch(PresenceEntry::active) ? PresenceStatus.ONLINE : PresenceStatus.AWAY;
    }

    /** Returns somebody who is not here. */
    static PresenceMember offline(UserId user) {
        return new PresenceMember(user, user.value(), PresenceStatus.OFFLINE, Optional.empty(), Optional.empty(), 0);
    }
}

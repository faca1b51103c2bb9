package io.channelbox.presence;

import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that fails while a test says so. */
final class FlakyStore implements PresenceStore {

    private final PresenceStore store;
    boolean failing;
    boolean broken;
    int groupsRead;

    FlakyStore(PresenceStore store) {
        this.store = store;
    }

    private PresenceStore working() {
        if (broken) {
            throw new NoClassDefFoundError("a driver that was not deployed");
        }
        if (failing) {
            throw new StoreException("the store is down", new IOException("connection refused"));
        }
        return store;
    }

    @Override
    public Joined join(PresenceEntry entry, NamePolicy names) {
        return working().join(entry, names);
    }

    @Override
    public Left leave(PresenceEntry entry, Optional<Instant> keptAsLeftAt) {
        return working().leave(entry, keptAsLeftAt);
    }

    @Override
    public void active(PresenceEntry entry, boolean active) {
        working().active(entry, active);
    }

    @Override
    public boolean status(UserId user, UserStatus status) {
        return working().status(user, status);
    }

    @Override
    public List<PresenceEntry> read(GroupName group) {
        groupsRead++;
        return working().read(group);
    }

    @Override
    public List<PresenceEntry> read(GroupName group, UserId user) {
        return working().read(group, user);
    }

    @Override
    public Map<GroupName, Long> versions(Collection<GroupName> groups) {
        return working().versions(groups);
    }

    @Override
    public List<PresenceEntry> read(UserId user) {
        return working().read(user);
    }

    @Override
    public List<PresenceEntry> removeNode(String node) {
        return working().removeNode(node);
    }
}

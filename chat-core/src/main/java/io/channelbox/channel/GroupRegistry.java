package io.channelbox.channel;

import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Who is in which group, in both directions. Guarded per channel (the channel's memberships), then per group; nothing
 * outside this package is called while either is held.
 */
final class GroupRegistry {

    private final int mostPerChannel;
    private final ConcurrentHashMap<GroupName, GroupMembers> groups = new ConcurrentHashMap<>();

    GroupRegistry(int mostPerChannel) {
        this.mostPerChannel = mostPerChannel;
    }

    /** What joining did; a membership when the channel became a member by it. */
    record Joining(JoinStatus status, Optional<Membership> membership) {}

    /** What leaving did, and what is to be run now that it is done. */
    record Leaving(LeaveStatus status, GroupName group, List<Runnable> hooks) {

        boolean hasLeft() {
            return status == LeaveStatus.LEFT || status == LeaveStatus.GROUP_REMOVED;
        }
    }

    Joining join(Channel channel, GroupName name, BiFunction<Channel, GroupName, Membership> factory) {
        Memberships memberships = channel.memberships();
        synchronized (memberships) {
            if (memberships.hasEnded()) {
                return new Joining(JoinStatus.CHANNEL_ENDED, Optional.empty());
            }
            if (memberships.get(name).isPresent()) {
                return new Joining(JoinStatus.ALREADY_MEMBER, Optional.empty());
            }
            if (!name.isInbox() && memberships.isFullAt(mostPerChannel)) {
                throw new PeerException(PeerException.TOO_MANY_GROUPS, "in too many groups");
            }
            Membership membership = factory.apply(channel, name);
            memberships.add(membership);
            boolean first = addToGroup(membership);
            return new Joining(first ? JoinStatus.GROUP_CREATED : JoinStatus.JOINED, Optional.of(membership));
        }
    }

    private boolean addToGroup(Membership membership) {
        while (true) {
            GroupMembers members = groups.computeIfAbsent(membership.group(), name -> new GroupMembers());
            switch (members.add(membership)) {
                case AS_FIRST -> {
                    return true;
                }
                case TO_OTHERS -> {
                    return false;
                }
                case NOT_ANY_MORE -> groups.remove(membership.group(), members);
            }
        }
    }

    Leaving leave(Channel channel, GroupName name) {
        Memberships memberships = channel.memberships();
        synchronized (memberships) {
            Optional<Membership> membership = memberships.remove(name);
            if (membership.isPresent()) {
                return removeFromGroup(membership.get());
            }
        }
        return nothingToLeave(name);
    }

    /** Ends this membership; a later one of the same channel stays. */
    Leaving leave(Membership membership) {
        Memberships memberships = membership.channel().memberships();
        synchronized (memberships) {
            if (memberships.remove(membership)) {
                return removeFromGroup(membership);
            }
        }
        return nothingToLeave(membership.group());
    }

    private Leaving nothingToLeave(GroupName name) {
        return new Leaving(
                groups.containsKey(name) ? LeaveStatus.NOT_A_MEMBER : LeaveStatus.NO_SUCH_GROUP, name, List.of());
    }

    /** Takes the channel out of all groups; it can join none any more. */
    List<Leaving> end(Channel channel) {
        Memberships memberships = channel.memberships();
        List<Leaving> left = new ArrayList<>();
        synchronized (memberships) {
            for (Membership membership : memberships.end()) {
                left.add(removeFromGroup(membership));
            }
        }
        return left;
    }

    private Leaving removeFromGroup(Membership membership) {
        List<Runnable> hooks = membership.leave();
        GroupMembers members = groups.get(membership.group());
        boolean emptied = members != null && members.removeAndTellIfEmpty(membership);
        if (emptied) {
            groups.remove(membership.group(), members);
        }
        return new Leaving(emptied ? LeaveStatus.GROUP_REMOVED : LeaveStatus.LEFT, membership.group(), hooks);
    }

    Snapshot snapshot(GroupName name) {
        GroupMembers members = groups.get(name);
        return members == null ? Snapshot.EMPTY : members.snapshot();
    }

    int size(GroupName name) {
        GroupMembers members = groups.get(name);
        return members == null ? 0 : members.size();
    }

    boolean exists(GroupName name) {
        return size(name) > 0;
    }

    Set<GroupName> names() {
        return groups.keySet().stream().filter(name -> !name.isInbox()).collect(Collectors.toUnmodifiableSet());
    }
}

package io.channelbox.broker;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What one node tells the others beside what is said to groups. It is told once, and nobody reads it later. */
public sealed interface Signal {

    /** A user's connections are to be closed with this code and reason. */
    record Disconnect(UserId user, int code, String reason) implements Signal {
        /** Refuses missing parts. */
        public Disconnect {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** One connection is to be closed with this code and reason, on whichever node it is. */
    record Close(ChannelId channel, int code, String reason) implements Signal {
        /** Refuses missing parts. */
        public Close {
            Objects.requireNonNull(channel, "channel");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A user is no member of a group any more. Told to its watchers, so that nothing that is said later reaches the user. */
    record Kick(GroupName group, UserId user) implements Signal {
        /** Refuses missing parts. */
        public Kick {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(user, "user");
        }
    }

    /**
     * A user is shut out, of a group or of everything, for this long from now on.
     *
     * @param time zero when the ban has ended
     */
    record Ban(UserId user, Optional<GroupName> group, Duration time) implements Signal {
        /** Refuses missing parts. */
        public Ban {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(time, "time");
        }
    }

    /** What was kept of a group, or of all, is forgotten. */
    record Cleared(Optional<GroupName> group) implements Signal {
        /** Refuses missing parts. */
        public Cleared {
            Objects.requireNonNull(group, "group");
        }
    }

    /** Something that was said in groups of this kind, nobody knows in which, will never come: who hears one reads again what there is. */
    record Missed(String kind) implements Signal {
        /** Refuses missing parts. */
        public Missed {
            Objects.requireNonNull(kind, "kind");
        }
    }

    /** Who is in a group has changed, as far as these users go: the store of who is here knows how. */
    record PresenceChanged(GroupName group, Set<UserId> users) implements Signal {
        /** Refuses missing parts and copies the set. */
        public PresenceChanged {
            Objects.requireNonNull(group, "group");
            users = Set.copyOf(users);
        }
    }

    /** Somebody is writing something in a group, or is not any more on this connection. */
    record Typing(GroupName group, UserId user, String name, ChannelId channel, boolean typing) implements Signal {
        /** Refuses missing parts. */
        public Typing {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(channel, "channel");
        }
    }

    /** These users were heard so many times each on a node in the last second: what the others take off what they still grant. */
    record Heard(Map<UserId, Integer> messages) implements Signal {
        /** Copies the map. */
        public Heard {
            messages = Map.copyOf(messages);
        }
    }
}

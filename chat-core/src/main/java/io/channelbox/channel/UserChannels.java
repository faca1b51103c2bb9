package io.channelbox.channel;

import io.channelbox.message.UserId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The channels of each user, from being opened to having ended, whether or not they belong to the inbox. */
final class UserChannels {

    private final int most;
    private final ConcurrentHashMap<UserId, OneUser> byUser = new ConcurrentHashMap<>();

    UserChannels(int most) {
        this.most = most;
    }

    /** Adds a channel, unless its user has as many as one may have. Tells whether it was added. */
    boolean add(Channel channel) {
        return byUser.compute(
                        channel.user().id(),
                        (user, known) -> (known == null ? new OneUser() : known).with(channel, most))
                .contains(channel);
    }

    void remove(Channel channel) {
        byUser.computeIfPresent(channel.user().id(), (user, known) -> known.isEmptyWithout(channel) ? null : known);
    }

    /** Tells whether the user has as many channels as one may have. */
    boolean isFullFor(UserId user) {
        return of(user).size() >= most;
    }

    /** Returns the channels of a user in the order they were opened, as a snapshot. */
    List<Channel> of(UserId user) {
        OneUser known = byUser.get(user);
        return known == null ? List.of() : known.snapshot();
    }

    /** Returns the number of users. */
    int size() {
        return byUser.size();
    }

    private static final class OneUser {

        // Guarded by this, and changed only while the map computes: an empty one is never found in the map.
        private Set<Channel> channels = Set.of(); // most users have one channel, for which a table would be large

        synchronized OneUser with(Channel channel, int most) {
            if (channels.isEmpty()) {
                channels = Set.of(channel);
            } else if (channels.size() < most) {
                channels = channels.size() == 1 ? new LinkedHashSet<>(channels) : channels;
                channels.add(channel);
            }
            return this;
        }

        synchronized boolean isEmptyWithout(Channel channel) {
            if (channels.size() > 1) {
                channels.remove(channel);
            } else if (channels.contains(channel)) {
                channels = Set.of();
            }
            return channels.isEmpty();
        }

        synchronized boolean contains(Channel channel) {
            return channels.contains(channel);
        }

        synchronized List<Channel> snapshot() {
            return List.copyOf(channels);
        }
    }
}

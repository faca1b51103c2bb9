package io.channelbox.broker;

import io.channelbox.message.ChannelId;
import io.channelbox.message.UserId;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which members of a group something is said to.
 *
 * @param exceptChannels connections it does not go to
 * @param exceptUsers users it does not go to
 * @param onlyFormat the format of the connections that it goes to; empty when any will do
 * @param onlyTo tells of each remaining recipient whether it goes there
 */
public record Audience(
        Set<ChannelId> exceptChannels,
        Set<UserId> exceptUsers,
        Optional<String> onlyFormat,
        Optional<Predicate<Recipient>> onlyTo) {

    /** All members. */
    public static final Audience EVERYONE = new Audience(Set.of(), Set.of(), Optional.empty(), Optional.empty());

    /** Refuses missing parts and copies the sets. */
    public Audience {
        exceptChannels = Set.copyOf(exceptChannels);
        exceptUsers = Set.copyOf(exceptUsers);
        Objects.requireNonNull(onlyFormat, "onlyFormat");
        Objects.requireNonNull(onlyTo, "onlyTo");
    }

    /** Tells whether a recipient belongs to it. */
    public boolean includes(Recipient recipient) {
        return (exceptChannels.isEmpty() || !exceptChannels.contains(recipient.id()))
                && (exceptUsers.isEmpty()
                        || !exceptUsers.contains(recipient.user().id()))
                && (onlyFormat.isEmpty() || onlyFormat.get().equals(recipient.format()))
                && (onlyTo.isEmpty() || onlyTo.get().test(recipient));
    }

    Audience without(ChannelId channel) {
        return new Audience(plus(exceptChannels, channel), exceptUsers, onlyFormat, onlyTo);
    }

    Audience without(UserId user) {
        return new Audience(exceptChannels, plus(exceptUsers, user), onlyFormat, onlyTo);
    }

    Audience speaking(String format) {
        return new Audience(exceptChannels, exceptUsers, Optional.of(format), onlyTo);
    }

    Audience meeting(Predicate<Recipient> condition) {
        Objects.requireNonNull(condition, "condition");
        return new Audience(
                exceptChannels,
                exceptUsers,
                onlyFormat,
                Optional.of(onlyTo.<Predicate<Recipient>>map(earlier -> earlier.and(condition))
                        .orElse(condition)));
    }

    private static <T> Set<T> plus(Set<T> set, T one) {
        Set<T> larger = new HashSet<>(set);
        larger.add(one);
        return larger;
    }
}

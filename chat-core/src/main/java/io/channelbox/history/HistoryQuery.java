package io.channelbox.history;

import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which page of a group's history is wanted. Pages are always told oldest first.
 *
 * @param limit the largest number of messages on the page, 1 to {@value #LARGEST}
 * @param before only messages before this position, and of those the newest
 * @param after only messages after this position, and of those the oldest
 * @param kinds only messages of these kinds; empty means all
 * @param sender only messages of this user
 * @param since only messages sent at this time or later
 */
public record HistoryQuery(
        int limit,
        Optional<StreamPosition> before,
        Optional<StreamPosition> after,
        Set<String> kinds,
        Optional<UserId> sender,
        Optional<Instant> since) {

    /** The largest page. */
    public static final int LARGEST = 1_000;

    /** Refuses a limit out of range, and a page that is asked for from both ends. */
    public HistoryQuery {
        if (limit < 1 || limit > LARGEST) {
            throw new IllegalArgumentException("limit must be 1 to " + LARGEST + ", was " + limit);
        }
        if (before.isPresent() && after.isPresent()) {
            throw new IllegalArgumentException("ask for a page before a position or after one, not both");
        }
        Objects.requireNonNull(kinds, "kinds").forEach(kind -> Objects.requireNonNull(kind, "kind"));
        kinds = Set.copyOf(kinds);
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(since, "since");
    }

    /** Asks for the newest messages. */
    public static HistoryQuery latest(int limit) {
        return new HistoryQuery(
                limit, Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
    }

    /** Asks for the newest messages before a position: the next page for someone who scrolls back. */
    public static HistoryQuery before(StreamPosition position, int limit) {
        return new HistoryQuery(
                limit,
                Optional.of(Objects.requireNonNull(position, "position")),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Asks for the oldest messages after a position: what someone missed who was there until then. */
    public static HistoryQuery after(StreamPosition position, int limit) {
        return new HistoryQuery(
                limit,
                Optional.empty(),
                Optional.of(Objects.requireNonNull(position, "position")),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the same query, for messages after this position: the next page. */
    public HistoryQuery after(StreamPosition position) {
        return new HistoryQuery(
                limit,
                Optional.empty(),
                Optional.of(Objects.requireNonNull(position, "position")),
                kinds,
                sender,
                since);
    }

    /** Returns the same query, for these kinds of messages only. */
    public HistoryQuery ofKinds(String... wanted) {
        return new HistoryQuery(
                limit,
                before,
                after,
                new HashSet<>(Arrays.asList(Objects.requireNonNull(wanted, "kinds"))),
                sender,
                since);
    }

    /** Returns the same query, for messages of this user only. */
    public HistoryQuery from(UserId user) {
        return new HistoryQuery(limit, before, after, kinds, Optional.of(Objects.requireNonNull(user, "user")), since);
    }

    /** Returns the same query, for messages sent at this time or later. */
    public HistoryQuery since(Instant time) {
        return new HistoryQuery(
                limit, before, after, kinds, sender, Optional.of(Objects.requireNonNull(time, "since")));
    }

    /** Tells whether a message is of the wanted kind, sender and time. Positions are the store's to compare. */
    public boolean wants(Message message) {
        return (kinds.isEmpty() || kinds.contains(message.kind()))
                && (sender.isEmpty() || sender.equals(message.sender()))
                && (since.isEmpty() || !message.sentAt().isBefore(since.get()));
    }
}

package io.channelbox.broker;

import io.channelbox.message.ChannelId;
import io.channelbox.message.Message;
import io.channelbox.message.UserId;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How something is said to a group. Immutable: every method returns other options.
 *
 * @param saving whether it is kept in the history
 * @param kind what sort of message it is, in the application's words; decides what a retention keeps and a query finds
 * @param sender who said it
 * @param idempotencyKey a name for this act of saying: whatever is said to the group by the same sender with the same key within five minutes is not said again
 * @param exceptChannels connections it does not go to
 * @param exceptUsers users it does not go to
 * @param onlyTo tells of each remaining recipient whether it goes there
 * @param variation what a recipient gets instead; most get the same as everyone
 */
public record PublishOptions(
        Saving saving,
        String kind,
        Optional<UserId> sender,
        Optional<String> idempotencyKey,
        Set<ChannelId> exceptChannels,
        Set<UserId> exceptUsers,
        Optional<Predicate<Recipient>> onlyTo,
        Optional<Function<Recipient, Optional<Object>>> variation) {

    /** To everyone, kept if the group's kind is declared so. */
    public static final PublishOptions DEFAULT = new PublishOptions(
            Saving.AS_DECLARED,
            Message.PLAIN,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty());

    private static final int LONGEST_KEY = 128;

    /** Whether a message is kept. */
    public enum Saving {
        /** As the settings of the group's kind say; without settings, or with a condition or variation, it is not. */
        AS_DECLARED,
        /** It is, unless the group's retention leaves out messages of that kind; and whoever reads the history reads it. */
        YES,
        /** It is not. */
        NO
    }

    /** Refuses missing parts and keys that are empty or longer than 128 characters, and copies the sets. */
    public PublishOptions {
        Objects.requireNonNull(saving, "saving");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(onlyTo, "onlyTo");
        Objects.requireNonNull(variation, "variation");
        if (idempotencyKey.isPresent()
                && (idempotencyKey.get().isEmpty() || idempotencyKey.get().length() > LONGEST_KEY)) {
            throw new IllegalArgumentException("an idempotency key must have 1 to " + LONGEST_KEY + " characters, had "
                    + idempotencyKey.get().length());
        }
        exceptChannels = Set.copyOf(exceptChannels);
        exceptUsers = Set.copyOf(exceptUsers);
    }

    /** Keeps it in the history. */
    public PublishOptions savingHistory() {
        return with(Saving.YES, kind);
    }

    /** Does not keep it, whatever the group's kind is declared to do. */
    public PublishOptions withoutHistory() {
        return with(Saving.NO, kind);
    }

    /** Says what sort of message it is. */
    public PublishOptions ofKind(String sort) {
        return with(saving, sort);
    }

    /** Says who said it. */
    public PublishOptions from(UserId user) {
        return new PublishOptions(
                saving,
                kind,
                Optional.of(Objects.requireNonNull(user, "user")),
                idempotencyKey,
                exceptChannels,
                exceptUsers,
                onlyTo,
                variation);
    }

    /**
     * Makes repeating harmless: the same key again, within five minutes, from the same sender to the same group is not said
     * again. When keys come from clients, name the sender too, with {@link #from}, or their keys meet. Of more than 200,000
     * keys the oldest are forgotten sooner.
     */
    public PublishOptions withIdempotencyKey(String key) {
        return new PublishOptions(
                saving, kind, sender, Optional.of(key), exceptChannels, exceptUsers, onlyTo, variation);
    }

    /** Leaves out one connection; other devices of the same user get it. */
    public PublishOptions except(ChannelId channel) {
        return new PublishOptions(
                saving, kind, sender, idempotencyKey, plus(exceptChannels, channel), exceptUsers, onlyTo, variation);
    }

    /** Leaves out a user, on all their devices. */
    public PublishOptions exceptUser(UserId user) {
        return new PublishOptions(
                saving, kind, sender, idempotencyKey, exceptChannels, plus(exceptUsers, user), onlyTo, variation);
    }

    /**
     * Goes only to recipients for which this holds, and for which every earlier condition holds. It is asked in the middle of
     * the broadcast, once per recipient: it must be quick and must not call the box. Functions do not travel: they hold on
     * the node where they are given.
     */
    public PublishOptions onlyTo(Predicate<Recipient> condition) {
        Objects.requireNonNull(condition, "condition");
        Predicate<Recipient> all = onlyTo.<Predicate<Recipient>>map(earlier -> earlier.and(condition))
                .orElse(condition);
        return new PublishOptions(
                saving, kind, sender, idempotencyKey, exceptChannels, exceptUsers, Optional.of(all), variation);
    }

    /**
     * Gives some recipients something else: where the function answers an object, that one is encoded for this recipient
     * alone. It is asked in the middle of the broadcast, like {@link #onlyTo}, and is for the few who need it.
     */
    public PublishOptions varying(Function<Recipient, Optional<Object>> instead) {
        return new PublishOptions(
                saving, kind, sender, idempotencyKey, exceptChannels, exceptUsers, onlyTo, Optional.of(instead));
    }

    /** Tells whether all recipients get the same, but for those that are left out by name. */
    public boolean isForAll() {
        return onlyTo.isEmpty() && variation.isEmpty();
    }

    /** Tells whether a recipient is to get it. */
    public boolean reaches(Recipient recipient) {
        return (exceptChannels.isEmpty() || !exceptChannels.contains(recipient.id()))
                && (exceptUsers.isEmpty()
                        || !exceptUsers.contains(recipient.user().id()))
                && (onlyTo.isEmpty() || onlyTo.get().test(recipient));
    }

    private PublishOptions with(Saving choice, String sort) {
        return new PublishOptions(choice, sort, sender, idempotencyKey, exceptChannels, exceptUsers, onlyTo, variation);
    }

    private static <T> Set<T> plus(Set<T> set, T one) {
        Set<T> larger = new HashSet<>(set);
        larger.add(one);
        return larger;
    }
}

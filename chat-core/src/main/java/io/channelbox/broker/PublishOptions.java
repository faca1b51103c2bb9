package io.channelbox.broker;

import io.channelbox.message.ChannelId;
import io.channelbox.message.Message;
import io.channelbox.message.UserId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How something is said to a group. Immutable: every method returns other options.
 *
 * @param saving whether it is kept in the history
 * @param kind what sort of message it is, in the application's words; decides what a retention keeps and a query finds
 * @param sender who said it
 * @param idempotencyKey a name for this act of saying: whatever is said to the group by the same sender with the same key within five minutes is not said again
 * @param audience which members it goes to
 * @param variation what a recipient gets instead; most get the same as everyone
 * @param author whose it is, when every recipient is to be told whether it is theirs
 * @param recipient whether it goes to the members' peers or to their consumers
 * @param delivery what may become of it while it waits for a member that reads slowly; empty means as the group's kind says
 * @param ruled whether the rules of the group hold for it, such as that it is frozen: they do for what users say
 */
public record PublishOptions(
        Saving saving,
        String kind,
        Optional<UserId> sender,
        Optional<String> idempotencyKey,
        Audience audience,
        Optional<Function<Recipient, Optional<Object>>> variation,
        Optional<Author> author,
        To recipient,
        Optional<Delivery> delivery,
        boolean ruled) {

    /** To everyone, kept if the group's kind is declared so. */
    public static final PublishOptions DEFAULT = new PublishOptions(
            Saving.AS_DECLARED,
            Message.PLAIN,
            Optional.empty(),
            Optional.empty(),
            Audience.EVERYONE,
            Optional.empty(),
            Optional.empty(),
            To.PEERS,
            Optional.empty(),
            false);

    private static final int LONGEST_KEY = 140;

    /** Whether a message is kept. */
    public enum Saving {
        /** As the settings of the group's kind say; without settings, or with a condition or variation, or as an event, it is not. */
        AS_DECLARED,
        /** It is, unless the group's retention leaves out messages of that kind; and whoever reads the history reads it. */
        YES,
        /** It is not. */
        NO
    }

    /** Which end of the members' channels it goes to. */
    public enum To {
        /** To the peers, as a frame. */
        PEERS,
        /** To the consumers, as an event. */
        CONSUMERS
    }

    /** Refuses missing parts, keys that are empty, longer than 140 characters or not plain text, and keeping what need not arrive. */
    public PublishOptions {
        Objects.requireNonNull(saving, "saving");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(audience, "audience");
        Objects.requireNonNull(variation, "variation");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        Objects.requireNonNull(delivery, "delivery");
        if (delivery.isPresent() && !delivery.get().isMessage()) {
            if (saving == Saving.YES) {
                throw new IllegalArgumentException("what is kept is promised to arrive, and what is said as "
                        + delivery.get().kind()
                        + " may be left out. Leave out savingHistory(), or say it asMessage().");
            }
            saving = Saving.NO;
        }
        idempotencyKey.ifPresent(PublishOptions::checkKey);
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "an idempotency key must have 1 to " + LONGEST_KEY + " characters, had " + key.length());
        }
        if (key.codePoints().anyMatch(c -> Character.isISOControl(c) || isHalf(c))) {
            throw new IllegalArgumentException("an idempotency key must not hold control characters or halves of"
                    + " characters: it is kept with its message, and not every store can keep those. Make it of letters"
                    + " and digits, such as a UUID, or encode what it is made of.");
        }
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Keeps it in the history. */
    public PublishOptions savingHistory() {
        return with(Saving.YES, kind);
    }

    /** Does not keep it, whatever the group's kind is declared to do. */
    public PublishOptions withoutHistory() {
        return with(Saving.NO, kind);
    }

    /** Says what sort of message it is. What is not said is the {@link io.channelbox.message.TypeName} of the payload, if it has one. */
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
                audience,
                variation,
                author,
                recipient,
                delivery,
                ruled);
    }

    /**
     * Makes repeating harmless: the same key again, within five minutes, from the same sender to the same group is not said
     * again. When keys come from clients, name the sender too, with {@link #from}, or their keys meet, and one who floods makes
     * the broker forget those of others. Of more than 1,000 keys of one sender that sender's oldest are forgotten sooner, and of
     * more than 200,000 altogether, those without a sender included, the oldest.
     *
     * @throws IllegalArgumentException when the key has not 1 to 140 characters, or holds control characters
     */
    public PublishOptions withIdempotencyKey(String key) {
        return new PublishOptions(
                saving,
                kind,
                sender,
                Optional.of(Objects.requireNonNull(key, "idempotencyKey")),
                audience,
                variation,
                author,
                recipient,
                delivery,
                ruled);
    }

    /** Leaves out one connection; other devices of the same user get it. */
    public PublishOptions except(ChannelId channel) {
        return to(audience.without(Objects.requireNonNull(channel, "channel")));
    }

    /** Leaves out a user, on all their devices. */
    public PublishOptions exceptUser(UserId user) {
        return to(audience.without(Objects.requireNonNull(user, "user")));
    }

    /**
     * Goes only to connections that speak this format, see {@link io.channelbox.codec.Codec#format}, on all nodes: for what has no words in
     * the other protocols that are spoken in a group. Unless {@link #savingHistory} says so, it is not kept. The last format counts.
     */
    public PublishOptions onlyIn(String format) {
        return to(audience.speaking(Objects.requireNonNull(format, "format")));
    }

    /**
     * Goes only to recipients for which this holds, and for which every earlier condition holds. It is asked in the middle of
     * the broadcast, once per recipient: it must be quick and must not call the box. Functions do not travel: members on other
     * nodes get nothing of it. What is kept as well, because {@link #savingHistory} says so, is read by whoever reads the history:
     * what some may not know belongs in a group of theirs.
     */
    public PublishOptions onlyTo(Predicate<Recipient> condition) {
        return to(audience.meeting(condition));
    }

    /**
     * Gives some recipients something else: where the function answers an object, that one is encoded for this recipient
     * alone. It is asked in the middle of the broadcast, like {@link #onlyTo}, and is for the few who need it. Functions do not
     * travel: members on other nodes get what is common to all.
     */
    public PublishOptions varying(Function<Recipient, Optional<Object>> instead) {
        return new PublishOptions(
                saving,
                kind,
                sender,
                idempotencyKey,
                audience,
                Optional.of(Objects.requireNonNull(instead, "variation")),
                author,
                recipient,
                delivery,
                ruled);
    }

    /**
     * Tells every recipient whose it is, {@code is_mine} for the same user and {@code is_current} for the same connection, where
     * their codec has a place for it ({@link io.channelbox.codec.TypedJsonCodec} does). A guest's is nobody's.
     */
    public PublishOptions markedAsSaidBy(Recipient speaker) {
        return new PublishOptions(
                saving,
                kind,
                sender,
                idempotencyKey,
                audience,
                variation,
                Optional.of(Author.of(Objects.requireNonNull(speaker, "speaker"))),
                recipient,
                delivery,
                ruled);
    }

    /**
     * Hands it to the consumers of the members, in place of their peers: each gets it as an event, in its turn. It is not kept. On this
     * node it is the object itself; to reach other nodes its class must be registered with the box's builder, {@code eventTypes}.
     */
    public PublishOptions asEvent() {
        return new PublishOptions(
                Saving.NO, kind, sender, idempotencyKey, audience, variation, author, To.CONSUMERS, delivery, ruled);
    }

    /** Lets it arrive, whatever the group's kind says. */
    public PublishOptions asMessage() {
        return delivered(Delivery.MESSAGE);
    }

    /**
     * Says something of which only the latest counts, such as who is online: for a member that reads slowly, a newer one of the
     * same key in the same group takes the place of one that waits. It is not kept.
     *
     * @throws IllegalArgumentException when it is to be kept
     */
    public PublishOptions asState(String key) {
        return delivered(Delivery.state(key));
    }

    /**
     * Says something that is worth something only now, such as that somebody is typing: for a member that reads slowly it is
     * dropped before anything else is. It is not kept.
     *
     * @throws IllegalArgumentException when it is to be kept
     */
    public PublishOptions asEphemeral() {
        return delivered(Delivery.EPHEMERAL);
    }

    /**
     * Lets the rules of the group hold for it, see {@link Broker#rule}: what a handle of a group that acts for a channel says is so
     * without being told, and what the application itself says is not.
     */
    public PublishOptions underRules() {
        return new PublishOptions(
                saving, kind, sender, idempotencyKey, audience, variation, author, recipient, delivery, true);
    }

    /** Tells whether all recipients get the same, but for those that are left out by name and for marks. */
    public boolean isForAll() {
        return audience.onlyFormat().isEmpty() && audience.onlyTo().isEmpty() && variation.isEmpty();
    }

    private PublishOptions delivered(Delivery how) {
        return new PublishOptions(
                saving, kind, sender, idempotencyKey, audience, variation, author, recipient, Optional.of(how), ruled);
    }

    private PublishOptions with(Saving choice, String sort) {
        return new PublishOptions(
                choice, sort, sender, idempotencyKey, audience, variation, author, recipient, delivery, ruled);
    }

    private PublishOptions to(Audience smaller) {
        return new PublishOptions(
                saving, kind, sender, idempotencyKey, smaller, variation, author, recipient, delivery, ruled);
    }
}

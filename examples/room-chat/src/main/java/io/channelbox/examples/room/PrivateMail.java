package io.channelbox.examples.room;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Map;

/**
 * Private messages. Everyone has a mail, in which is kept what they got and what they sent, so that each of their pages shows
 * the same: a page reads it as a {@link MailTopic}.
 *
 * <p>The original clients are told what others sent, in a group of their own. While there is none of them and no page, it waits, and the first
 * such device to come is told what was said since the last one left: the newest 100 messages of at most seven days. A message
 * counts as told when it was sent to one device, so it is told to no later one, as long as the program remembers. Another
 * program does not know of it, and tells it once more.
 *
 * <p>Not the inbox of the library: all connections of a user belong to that one, and here only some of them want private messages.
 */
final class PrivateMail {

    static final String KIND = "private";
    static final int KEPT = 1_000;

    static final String LETTERS = "letters";
    static final Retention WAITING = Retention.DEFAULT.withCount(100).withAge(Duration.ofDays(7));

    private static final String GOT = "got";
    private static final String SENT = "sent";

    private final ChannelBox box;
    private final Directory directory;
    private final Elsewhere elsewhere;
    // The newest message that some device was told. Who is forgotten here is told again what is still kept.
    private final Map<UserId, StreamPosition> told = Caffeine.newBuilder()
            .maximumSize(10_000)
            .<UserId, StreamPosition>build()
            .asMap();

    PrivateMail(ChannelBox box, Directory directory, Elsewhere elsewhere) {
        this.box = box;
        this.directory = directory;
        this.elsewhere = elsewhere;
    }

    /** Makes a channel one of its user's devices that get private messages, beginning with those that waited. */
    void deliverTo(Channel device) {
        UserId user = device.user().id();
        lettersTo(user).joinWithHistory(device, HistoryQuery.latest(WAITING.count()), (page, out) -> {
            page.entries().stream()
                    .filter(entry -> isWaiting(user, entry))
                    .map(entry ->
                            PrivateMessage.KEPT.decode(entry.message().payload().frame()))
                    .forEach(out);
            page.top().ifPresent(top -> markTold(user, top));
        });
    }

    /**
     * Tells a user something in private, for the user of this channel. Repeating it with the same options is harmless if they
     * name an idempotency key.
     *
     * @throws PeerException when nobody of that name was ever here
     */
    void send(Channel sender, String to, String content, PublishOptions options) {
        send(sender, box.group(nameOf(sender.user().id())), to, content, options);
    }

    /** Like {@link #send(Channel, String, String, PublishOptions)}, where the sender's own mail is at hand. */
    void send(Channel sender, Group own, String to, String content, PublishOptions options) {
        UserId recipient = known(to);
        var now = box.clock().instant();
        PublishOptions signed = options.from(sender.user().id()).savingHistory();
        own.broadcast(new PrivateMessage.Sent(recipient.value(), content, now), signed.ofKind(SENT));
        var message = new PrivateMessage.Received(sender.user().name(), content, now);
        BroadcastResult onPages =
                mailOf(recipient).broadcast(message, forRecipient(signed).ofKind(GOT));
        BroadcastResult elsewise = lettersTo(recipient).broadcast(message, signed);
        if (onPages.queued() + elsewise.queued() > 0) {
            elsewise.position().ifPresent(position -> markTold(recipient, position));
        }
    }

    /** Both may be in the mail of one user, who writes to themselves. */
    private static PublishOptions forRecipient(PublishOptions options) {
        return options.idempotencyKey()
                .map(key -> options.withIdempotencyKey("to/" + key))
                .orElse(options);
    }

    private UserId known(String name) {
        try {
            var user = new UserId(UserName.normal(name)); // guests have names too, which are no UserName
            if (directory.knows(user) || elsewhere.has(user)) {
                return user;
            }
        } catch (IllegalArgumentException noName) {
            // then nobody has it
        }
        throw new PeerException("unknown_user", "nobody of that name was ever here");
    }

    private Group mailOf(UserId user) {
        return box.group(nameOf(user));
    }

    /** What the original clients are told. */
    private Group lettersTo(UserId user) {
        return box.group(GroupName.of(LETTERS, nameOf(user).id()));
    }

    /** Returns the name of a user's mail, which is a topic too: its parts are between colons, so the user's own are written otherwise. */
    static GroupName nameOf(UserId user) {
        return GroupName.of(KIND, user.value().replace("%", "%25").replace(":", "%3A"));
    }

    private boolean isWaiting(UserId user, HistoryEntry entry) {
        StreamPosition last = told.get(user);
        return last == null || !entry.position().isAtOrBefore(last);
    }

    private void markTold(UserId user, StreamPosition position) {
        told.merge(user, position, (last, next) -> next.isAtOrBefore(last) ? last : next);
    }
}

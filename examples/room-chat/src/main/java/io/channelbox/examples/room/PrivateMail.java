package io.channelbox.examples.room;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.codec.JsonCodec;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.util.Map;

/**
 * Private messages. Each goes to every device of its recipient; while there is none, it waits, and the first device to come
 * is told what was said since the last one left: the newest {@value #KEPT} messages of at most seven days. A message counts
 * as told when it was sent to one device, so it is told to no later one.
 *
 * <p>Not the inbox of the library: all connections of a user belong to that one, and here only some of them want private messages.
 */
final class PrivateMail {

    static final String KIND = "private";
    static final int KEPT = 100;

    private static final JsonCodec<PrivateMessage> STORED = JsonCodec.of(PrivateMessage.class);

    private final ChannelBox box;
    private final Directory directory;
    // The newest message that some device was told. Who is forgotten here is told again what is still kept.
    private final Map<UserId, StreamPosition> told = Caffeine.newBuilder()
            .maximumSize(10_000)
            .<UserId, StreamPosition>build()
            .asMap();

    PrivateMail(ChannelBox box, Directory directory) {
        this.box = box;
        this.directory = directory;
    }

    /** Makes a channel one of its user's devices that get private messages, beginning with those that waited. */
    void deliverTo(Channel device) {
        UserId user = device.user().id();
        boxOf(user).joinWithHistory(device, HistoryQuery.latest(KEPT), (page, out) -> {
            page.entries().stream()
                    .filter(entry -> isWaiting(user, entry))
                    .map(entry -> STORED.decode(entry.message().payload().frame()))
                    .forEach(out);
            page.top().ifPresent(top -> markTold(user, top));
        });
    }

    /**
     * Tells a user something in private. Repeating it with the same options is harmless if they name an idempotency key.
     *
     * @throws PeerException when nobody of that name was ever here
     */
    void send(User from, String to, String content, PublishOptions options) {
        UserId recipient = known(to);
        var message = new PrivateMessage(from.name(), content, box.clock().instant());
        BroadcastResult result = boxOf(recipient).broadcast(message, options.savingHistory());
        if (result.queued() > 0) {
            result.position().ifPresent(position -> markTold(recipient, position));
        }
    }

    private UserId known(String name) {
        try {
            var user = new UserId(UserName.normal(name)); // guests have names too, which are no UserName
            if (directory.knows(user)) {
                return user;
            }
        } catch (IllegalArgumentException noName) {
            // then nobody has it
        }
        throw new PeerException("unknown_user", "nobody of that name was ever here");
    }

    private Group boxOf(UserId user) {
        return box.group(GroupName.of(KIND, user.value()));
    }

    private boolean isWaiting(UserId user, HistoryEntry entry) {
        StreamPosition last = told.get(user);
        return last == null || !entry.position().isAtOrBefore(last);
    }

    private void markTold(UserId user, StreamPosition position) {
        told.merge(user, position, (last, next) -> next.isAtOrBefore(last) ? last : next);
    }
}

package io.channelbox.examples.room;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelInterceptor;
import io.channelbox.channel.Group;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everyone who was ever here, as far as 10,000 can be remembered: who is longest gone is forgotten first. It is kept as a group
 * that nobody is in: so it is where the rooms are, and somebody can be written to who has not come again after a restart.
 */
final class Directory implements ChannelInterceptor {

    static final String KIND = "directory";
    static final Retention RETENTION =
            Retention.DEFAULT.withCount(10_000).withBytes(4 << 20).withAge(Duration.ofDays(365));

    private static final Logger log = LoggerFactory.getLogger(Directory.class);
    private static final TypedJsonCodec<Seen> KEPT = TypedJsonCodec.of(Seen.class, JsonStyle.DEFAULT);

    /** How somebody is kept. */
    @TypeName("seen")
    record Seen(String user) {}

    private final Map<UserId, Boolean> seen =
            Caffeine.newBuilder().maximumSize(10_000).<UserId, Boolean>build().asMap();
    private volatile @Nullable Group kept;
    private volatile Optional<StreamPosition> readUpTo = Optional.empty();

    /** Remembers whom this group knows, and from now on keeps there who comes. */
    void keepIn(Group group) {
        readAll(group);
        kept = group;
    }

    private void readAll(Group group) {
        HistoryPage page = group.history(HistoryQuery.latest(HistoryQuery.LARGEST));
        readUpTo = page.top();
        note(page);
        while (page.more()) {
            page = group.history(HistoryQuery.before(page.entries().get(0).position(), HistoryQuery.LARGEST));
            note(page);
        }
    }

    /** Other programs may have entered somebody since. */
    private void readOn(Group group) {
        Optional<StreamPosition> last = readUpTo;
        if (last.isEmpty()) {
            readAll(group);
            return;
        }
        HistoryPage page = group.history(HistoryQuery.after(last.get(), HistoryQuery.LARGEST));
        if (page.gap() || page.more()) {
            readAll(group);
        } else {
            note(page);
            readUpTo = page.top();
        }
    }

    private void note(HistoryPage page) {
        page.payloads()
                .forEach(payload ->
                        seen.put(new UserId(KEPT.decode(payload.frame()).user()), true));
    }

    @Override
    public void onConnect(Channel channel) {
        UserId user = channel.user().id();
        if (seen.putIfAbsent(user, true) == null && !UserName.isGuest(user.value())) {
            Optional.ofNullable(kept).ifPresent(group -> keep(group, user));
        }
    }

    private static void keep(Group group, UserId user) {
        try {
            group.broadcast(new Seen(user.value()), PublishOptions.DEFAULT.savingHistory());
        } catch (StoreException e) { // known as long as the program runs
            log.warn("{} could not be entered into the directory", user, e);
        }
    }

    boolean knows(UserId user) {
        if (!seen.containsKey(user)) {
            Optional.ofNullable(kept).ifPresent(this::readOn);
        }
        return seen.containsKey(user);
    }
}

package io.channelbox.presence;

import io.channelbox.broker.Delivery;
import io.channelbox.channel.Channel;
import io.channelbox.message.ChannelId;
import io.channelbox.message.UserId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is writing something in one group. A run lasts while at least one device of the user says so. Used by whoever runs the lane of the group. */
final class TypingRuns {

    /** One user who is writing, and until when on which device. */
    private record Run(String name, Map<ChannelId, Long> until) {}

    private final GroupPresence lane;
    private final Presence.Settings settings;
    private final Map<UserId, Run> runs = new LinkedHashMap<>();

    TypingRuns(GroupPresence lane, Presence.Settings settings) {
        this.lane = lane;
        this.settings = settings;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    void started(Channel channel) {
        UserId user = channel.user().id();
        Run known = runs.get(user);
        if (!lane.isTracked(channel) || (known == null && lane.count().users() > settings.typingUpTo())) {
            if (known == null) {
                lane.presence().isNotTyping(lane.name(), user);
            }
            return;
        }
        Run run = known == null ? new Run(channel.user().name(), new HashMap<>(2)) : known;
        run.until().put(channel.id(), lane.presence().nanoTime() + settings.typingTtl());
        lane.presence().mayBeTyping(lane.name(), user);
        if (known == null) {
            runs.put(user, run);
            lane.wake();
            tell(user, run, true);
        }
    }

    void stopped(UserId user, Channel channel) {
        Run run = runs.get(user);
        if (run != null) {
            run.until().remove(channel.id());
            endIfOver(user, run);
        }
    }

    /** The user has said something: nothing is being written any more, on whatever device. */
    void said(UserId user) {
        Run run = runs.get(user);
        if (run != null) {
            run.until().clear();
            endIfOver(user, run);
        }
    }

    /** Ends what nobody has renewed. */
    void sweep() {
        long now = lane.presence().nanoTime();
        Map.copyOf(runs).forEach((user, run) -> {
            run.until().values().removeIf(until -> now - until >= 0);
            endIfOver(user, run);
        });
    }

    private void endIfOver(UserId user, Run run) {
        if (run.until().isEmpty()) {
            runs.remove(user);
            lane.presence().isNotTyping(lane.name(), user);
            tell(user, run, false);
        }
    }

    private void tell(UserId user, Run run, boolean typing) {
        List<Channel> others = lane.watchers().channels().stream()
                .filter(channel ->
                        settings.authorSeesTyping() || !channel.user().id().equals(user))
                .toList();
        // That it begins is worth something only now; that it has ended must arrive, or somebody types for ever.
        Delivery delivery = typing ? Delivery.EPHEMERAL : Delivery.state("typing:" + user);
        lane.presence().group(lane.name()).sendTo(others, new Typing(user.value(), run.name(), typing), delivery);
    }
}

package io.channelbox.presence;

import io.channelbox.broker.Delivery;
import io.channelbox.broker.Signal;
import io.channelbox.channel.Channel;
import io.channelbox.message.ChannelId;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is writing something in one group. A run lasts while at least one device of the user says so, on whatever node: that of the device
 * tells the others, again when half of the time has passed, and when it ends. Should they not hear that, it ends there by
 * itself half of the time later. Used by whoever runs the lane of the group.
 */
final class TypingRuns {

    /** One user who is writing, and on which devices. */
    private record Run(String name, Map<ChannelId, Device> devices) {}

    /**
     * A device.
     *
     * @param own whether it is on this node, so that others are told
     * @param until when it ends by itself
     * @param tellAgain when to tell others that it goes on
     */
    private record Device(boolean own, long until, long tellAgain) {}

    private final GroupPresence group;
    private final Presence.Settings settings;
    private final Map<UserId, Run> runs = new LinkedHashMap<>();
    private final List<Signal.Typing> untold = new ArrayList<>();

    TypingRuns(GroupPresence group, Presence.Settings settings) {
        this.group = group;
        this.settings = settings;
    }

    boolean isEmpty() {
        return runs.isEmpty() && untold.isEmpty();
    }

    void started(Channel channel) {
        UserId user = channel.user().id();
        Run known = runs.get(user);
        if (!group.isTracked(channel) || (known == null && group.count().users() > settings.typingUpTo())) {
            if (known == null) {
                group.presence().typing().isNotTyping(group.name(), user);
            }
            return;
        }
        Run run = run(user, channel.user().name());
        long now = group.presence().nanoTime();
        Device before = run.devices().get(channel.id());
        long tellAgain = before == null ? now : before.tellAgain();
        if (now - tellAgain >= 0) {
            tellOthers(user, run, channel.id(), true);
            tellAgain = now + settings.typingTtl() / 2;
        }
        run.devices().put(channel.id(), new Device(true, now + settings.typingTtl(), tellAgain));
        beginIfNew(user, run);
    }

    /** Takes what another node tells. */
    void heard(Signal.Typing typing) {
        UserId user = typing.user();
        if (typing.typing()) {
            Run run = run(user, typing.name());
            long until = group.presence().nanoTime() + settings.typingTtl() + settings.typingTtl() / 2;
            run.devices().put(typing.channel(), new Device(false, until, until));
            beginIfNew(user, run);
        } else {
            Run run = runs.get(user);
            if (run != null) {
                run.devices().remove(typing.channel());
                endIfOver(user, run);
            }
        }
    }

    private Run run(UserId user, String name) {
        Run known = runs.get(user);
        return known == null ? new Run(name, new HashMap<>(2)) : known;
    }

    private void beginIfNew(UserId user, Run run) {
        group.presence().typing().mayBeTyping(group.name(), user);
        if (runs.putIfAbsent(user, run) == null) {
            group.wake();
            tell(user, run, true);
        }
    }

    void stopped(UserId user, Channel channel) {
        Run run = runs.get(user);
        if (run != null && run.devices().remove(channel.id()) != null) {
            tellOthers(user, run, channel.id(), false);
            endIfOver(user, run);
        }
    }

    /** The user has said something here: nothing is being written any more, on whatever device and node. */
    void said(UserId user) {
        Run run = runs.get(user);
        if (run != null) {
            run.devices().keySet().forEach(channel -> tellOthers(user, run, channel, false));
            run.devices().clear();
            endIfOver(user, run);
        }
    }

    /** The user has left with all devices, which every node notices. */
    void left(UserId user) {
        Run run = runs.get(user);
        if (run != null) {
            run.devices().clear();
            endIfOver(user, run);
        }
    }

    /** Ends what nobody has renewed. */
    void sweep() {
        long now = group.presence().nanoTime();
        Map.copyOf(runs).forEach((user, run) -> {
            Map.copyOf(run.devices()).forEach((channel, device) -> {
                if (now - device.until() >= 0) {
                    run.devices().remove(channel);
                    if (device.own()) {
                        tellOthers(user, run, channel, false);
                    }
                }
            });
            endIfOver(user, run);
        });
    }

    private void endIfOver(UserId user, Run run) {
        if (run.devices().isEmpty()) {
            runs.remove(user);
            group.presence().typing().isNotTyping(group.name(), user);
            tell(user, run, false);
        }
    }

    private void tell(UserId user, Run run, boolean typing) {
        List<Channel> others = group.watchers().channels().stream()
                .filter(channel ->
                        settings.authorSeesTyping() || !channel.user().id().equals(user))
                .toList();
        // That it begins is worth something only now; that it has ended must arrive, or somebody types for ever.
        Delivery delivery = typing ? Delivery.EPHEMERAL : Delivery.state("typing:" + user);
        group.presence().group(group.name()).sendTo(others, new Typing(user.value(), run.name(), typing), delivery);
    }

    private void tellOthers(UserId user, Run run, ChannelId channel, boolean typing) {
        if (group.presence().otherNodes().areThere()) {
            untold.add(new Signal.Typing(group.name(), user, run.name(), channel, typing));
        }
    }

    /** Tells other nodes what has changed, once those here know. */
    void tellOtherNodes() {
        untold.forEach(group.presence().otherNodes()::tellTyping);
        untold.clear();
    }
}

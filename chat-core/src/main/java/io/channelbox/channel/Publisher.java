package io.channelbox.channel;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.PublishResult;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Content;
import io.channelbox.codec.MessageTypes;
import io.channelbox.event.ChatEvent;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.PeerException;
import io.channelbox.message.Times;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Makes a publication of what is said, and hands it to the broker. Holds no state. */
final class Publisher {

    private final BoxConfig config;
    private final GroupRegistry registry;
    private final Broadcaster broadcaster;
    private final Broker broker;
    private final Events events;
    private final Optional<Travel> travel;
    private final List<BiConsumer<GroupName, UserId>> listeners = new CopyOnWriteArrayList<>();

    Publisher(
            BoxConfig config,
            GroupRegistry registry,
            Broadcaster broadcaster,
            Broker broker,
            Events events,
            Optional<Travel> travel) {
        this.config = config;
        this.registry = registry;
        this.broadcaster = broadcaster;
        this.broker = broker;
        this.events = events;
        this.travel = travel;
    }

    BroadcastResult publish(GroupName group, Object payload, PublishOptions options) {
        Content content = Content.of(payload);
        PublishOptions named = named(options, payload);
        encodeForMembers(group, content, named);
        travel.ifPresent(others -> others.write(content, named));
        Instant now = config.clock().instant();
        return publish(MessageId.at(now), now, group, 1, content, named);
    }

    /** One message to several groups; a channel gets it from the first of them that reaches it. */
    Map<GroupName, BroadcastResult> publish(Collection<GroupName> groups, Object payload, PublishOptions options) {
        Content content = Content.of(payload);
        PublishOptions named = named(options, payload);
        Set<GroupName> distinct = new LinkedHashSet<>(groups);
        distinct.forEach(group -> encodeForMembers(group, content, named));
        travel.ifPresent(others -> others.write(content, named));
        Instant now = config.clock().instant();
        MessageId id = MessageId.at(now);
        Map<GroupName, BroadcastResult> results = new LinkedHashMap<>();
        try {
            distinct.forEach(group -> results.put(group, publish(id, now, group, distinct.size(), content, named)));
        } finally {
            if (travel.isEmpty()) { // where there are other nodes, it may come later
                broadcaster.endUnion(id);
            }
        }
        return Collections.unmodifiableMap(results);
    }

    private BroadcastResult publish(
            MessageId id, Instant now, GroupName group, int groups, Content content, PublishOptions options) {
        Optional<Publication.Keep> keep = keep(group, content, options);
        PublishResult result = broker.publish(new Publication(id, group, now, content, options, keep, groups));
        if (result instanceof PublishResult.Refused refused) {
            throw refusal(refused);
        }
        config.traffic().published(id, group, options.kind(), options.sender());
        if (!listeners.isEmpty() && isSpeech(group, options) && !(result instanceof PublishResult.Duplicate)) {
            options.sender().ifPresent(sender -> Hooks.runAll(listeners, each -> each.accept(group, sender)));
        }
        if (events.areHeard()) {
            events.tell(new ChatEvent.Published(
                    id,
                    group,
                    result instanceof PublishResult.Appended,
                    result.deliveries().queued(),
                    result.deliveries().dropped(),
                    result.deliveries().closed()));
        }
        MessageId said = result instanceof PublishResult.Duplicate before ? before.message() : id;
        return new BroadcastResult(said, result);
    }

    private static PeerException refusal(PublishResult.Refused refused) {
        String code = switch (refused.why()) {
            case FROZEN -> PeerException.FROZEN;
            case MUTED -> PeerException.MUTED;
            case SLOW_MODE -> PeerException.SLOW_MODE;
        };
        String text = switch (refused.why()) {
            case FROZEN -> "nobody may speak in this group now";
            case MUTED -> "you may not speak in this group now";
            case SLOW_MODE -> "not so fast in this group";
        };
        return refused.retryAfter()
                .map(wait -> new PeerException(code, text, Times.inWholeMillis(wait)))
                .orElseGet(() -> new PeerException(code, text));
    }

    /** Receipts and the like are sent in somebody's name too, and nobody has spoken. */
    private boolean isSpeech(GroupName group, PublishOptions options) {
        return options.recipient() == PublishOptions.To.PEERS
                && (options.saving() == PublishOptions.Saving.YES
                        || options.delivery()
                                .orElse(config.settingsOf(group).delivery())
                                .isMessage());
    }

    Scheduler.Task onSaid(BiConsumer<GroupName, UserId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A message of a protocol is of the kind that its type says, unless it is said otherwise. */
    static PublishOptions named(PublishOptions options, Object payload) {
        return options.kind().equals(Message.PLAIN)
                ? MessageTypes.nameOf(payload.getClass()).map(options::ofKind).orElse(options)
                : options;
    }

    /** Writes what can be written before anyone is told, so that what cannot be written is told to nobody. */
    private void encodeForMembers(GroupName group, Content content, PublishOptions options) {
        if (options.recipient() == PublishOptions.To.CONSUMERS) {
            return;
        }
        for (Codec<?> codec : registry.snapshot(group).codecs()) {
            content.in(codec);
        }
    }

    private Optional<Publication.Keep> keep(GroupName group, Content content, PublishOptions options) {
        GroupSettings settings = config.settingsOf(group);
        boolean wanted = switch (options.saving()) {
            case YES -> true;
            case NO -> false;
            case AS_DECLARED -> settings.saving() && options.isForAll();
        };
        return wanted && settings.retention().keeps(options.kind())
                ? Optional.of(new Publication.Keep(content.payloadIn(config.historyCodec()), settings.retention()))
                : Optional.empty();
    }
}

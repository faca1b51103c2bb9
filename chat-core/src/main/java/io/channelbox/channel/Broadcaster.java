package io.channelbox.channel;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Delivery;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Signal;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's end of the broker: takes a publication to every member that lives here. It waits for nobody, and sends nothing before it is told to. */
final class Broadcaster implements Receiver {

    private static final Logger log = LoggerFactory.getLogger(Broadcaster.class);

    private final GroupRegistry registry;
    private final BoxConfig config;
    private final SharedHistory shared;
    private final Flusher flusher;
    private final ClusterHooks cluster;
    // Messages that are being said to several groups, and whom they reached. Each set is guarded by the lane
    // of the group it is said to: one after the other.
    private final Map<MessageId, Set<ChannelId>> unions = new ConcurrentHashMap<>();

    Broadcaster(GroupRegistry registry, BoxConfig config, SharedHistory shared, Flusher flusher, ClusterHooks cluster) {
        this.registry = registry;
        this.config = config;
        this.shared = shared;
        this.flusher = flusher;
        this.cluster = cluster;
    }

    /** From now on, until {@link #endUnion}, each channel gets this message once, through whichever group is first. */
    void beginUnion(MessageId message) {
        unions.put(message, new HashSet<>());
    }

    void endUnion(MessageId message) {
        unions.remove(message);
    }

    @Override
    public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
        if (position.isPresent()) {
            shared.changed(publication.group()); // before anyone is looked for: who comes later reads anew
        }
        Snapshot members = registry.snapshot(publication.group());
        Deliveries deliveries = new Round(publication, position).toAll(members.members());
        if (deliveries.total() > 0 && publication.options().recipient() == PublishOptions.To.PEERS) {
            flusher.queued(members);
        }
        return deliveries;
    }

    @Override
    public void flush() {
        flusher.flush();
    }

    @Override
    public void signalled(Signal signal) {
        cluster.signalled(signal);
    }

    @Override
    public void nodeGone(String node) {
        cluster.nodeGone(node);
    }

    @Override
    public void forgotten() {
        cluster.forgotten();
    }

    @Override
    public void reconnected() {
        cluster.reconnected();
    }

    /** One publication on its way to the members of its group. Used by one thread. */
    private final class Round {

        private final Publication publication;
        private final Optional<StreamPosition> position;
        private final Terms terms;
        private final WrappedContent wrapped;
        private final @Nullable Set<ChannelId> reached;
        private int failures;

        Round(Publication publication, Optional<StreamPosition> position) {
            this.publication = publication;
            this.position = position;
            this.wrapped = new WrappedContent(publication, position);
            GroupSettings settings = config.settingsOf(publication.group());
            this.terms = Terms.inGroup(
                    publication.group(),
                    deliveryOf(publication, settings),
                    settings.overflow().orElse(config.outbox().policy()));
            this.reached = unions.isEmpty() ? null : unions.get(publication.id());
        }

        /** What is kept arrives, whatever is said of the group's kind. */
        private static Delivery deliveryOf(Publication publication, GroupSettings settings) {
            return publication.keep().isPresent()
                    ? Delivery.MESSAGE
                    : publication.options().delivery().orElse(settings.delivery());
        }

        Deliveries toAll(List<Membership> members) {
            int queued = 0;
            int dropped = 0;
            int closed = 0;
            for (Membership member : members) {
                switch (to(member)) {
                    case QUEUED -> queued++;
                    case DROPPED -> dropped++;
                    case CLOSED -> closed++;
                    case NOT_MEANT -> {}
                }
            }
            if (failures > 1) {
                log.error("{} further members do not get message {}", failures - 1, publication.id());
            }
            return new Deliveries(queued, dropped, closed);
        }

        private Outcome to(Membership member) {
            Channel channel = member.channel();
            if (reached != null && reached.contains(channel.id())) {
                return Outcome.NOT_MEANT;
            }
            Outcome outcome = survivingTo(member, channel);
            if (reached != null && outcome != Outcome.NOT_MEANT) {
                reached.add(channel.id());
            }
            return outcome;
        }

        /** Conditions, variations, interceptors and codecs are the application's: if one fails, the others still get theirs. */
        private Outcome survivingTo(Membership member, Channel channel) {
            try {
                PublishOptions options = publication.options();
                if (!options.audience().includes(channel)) {
                    return Outcome.NOT_MEANT;
                }
                Optional<Object> instead = options.variation().flatMap(variation -> variation.apply(channel));
                if (options.recipient() == PublishOptions.To.CONSUMERS) {
                    if (channel.tell(instead.orElseGet(publication.content()::payload))) {
                        return Outcome.QUEUED;
                    }
                    return channel.isOpen() ? Outcome.NOT_MEANT : Outcome.CLOSED;
                }
                Frame frame =
                        instead.isPresent() ? wrapped.insteadFor(member, instead.get()) : wrapped.forMember(member);
                return member.deliver(frame, position, terms);
            } catch (RuntimeException | Error e) {
                if (failures++ == 0) {
                    log.error("{} does not get message {} of {}", channel, publication.id(), publication.group(), e);
                }
                return Outcome.DROPPED;
            }
        }
    }
}

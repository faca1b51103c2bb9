package io.channelbox.channel;

import io.channelbox.broker.Cluster.Health;
import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Delivery;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Signal;
import io.channelbox.codec.Content;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
    private final ClusterEvents cluster;
    private final EventTypes eventTypes;
    private final Unions unions;
    private final Set<String> unreadableFormats = ConcurrentHashMap.newKeySet();

    Broadcaster(
            GroupRegistry registry,
            BoxConfig config,
            SharedHistory shared,
            Flusher flusher,
            ClusterEvents cluster,
            EventTypes eventTypes) {
        this.registry = registry;
        this.config = config;
        this.shared = shared;
        this.flusher = flusher;
        this.cluster = cluster;
        this.eventTypes = eventTypes;
        this.unions = new Unions(config.nanoTime());
    }

    /** A message that was said to several groups comes for none of them any more. */
    void endUnion(MessageId message) {
        unions.end(message);
    }

    /** Forgets messages to several groups that did not come for all of them. */
    void sweep() {
        unions.sweep();
    }

    @Override
    public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
        if (position.isPresent()) {
            shared.changed(publication.group()); // before anyone is looked for: who comes later reads anew
        }
        Snapshot members = registry.snapshot(publication.group());
        Deliveries deliveries = toAll(members.members(), publication, position);
        if (deliveries.total() > 0 && publication.options().recipient() == PublishOptions.To.PEERS) {
            flusher.queued(members);
        }
        return deliveries;
    }

    private Deliveries toAll(List<Membership> members, Publication publication, Optional<StreamPosition> position) {
        var round = new Round(publication, position);
        if (members.isEmpty() || !round.canBeRead()) {
            return new Deliveries(0, members.size(), 0);
        }
        if (publication.groups() == 1) {
            return round.toAll(members);
        }
        Unions.Union union = unions.of(publication);
        union.lock.lock();
        try {
            return round.toAll(
                    members.stream()
                            .filter(member -> !union.hasReached(member.channel()))
                            .toList(),
                    union);
        } finally {
            union.lock.unlock();
        }
    }

    @Override
    public void lost(GroupName group, StreamPosition after, StreamPosition upTo) {
        shared.changed(group); // who reads the history now learns it from there
        Terms terms = Terms.message(
                config.settingsOf(group).overflow().orElse(config.outbox().policy()));
        Snapshot members = registry.snapshot(group);
        int told = 0;
        for (Membership member : members.members()) {
            try {
                told += member.lost(after, upTo, terms) ? 1 : 0;
            } catch (RuntimeException | Error e) { // the words, interceptors and codecs are the application's
                log.error("{} is not told what is lost of {}", member.channel(), group, e);
            }
        }
        log.warn("Messages of {} after {} up to {} are lost: {} members are told", group, after, upTo, told);
        if (told > 0) {
            flusher.queued(members);
        }
    }

    @Override
    public void flush() {
        flusher.flush();
    }

    @Override
    public void signalled(Signal signal) {
        if (signal instanceof Signal.Kick kick) {
            silence(kick.group(), kick.user());
        }
        cluster.signalled(signal);
    }

    /** What is said later in the group does not reach them, though it may take a moment until they have left. */
    private void silence(GroupName group, UserId user) {
        for (Membership membership : registry.snapshot(group).members()) {
            if (membership.channel().user().id().equals(user)) {
                membership.silence();
            }
        }
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

    @Override
    public void healthChanged(Health now) {
        cluster.healthChanged(now);
    }

    /** One publication on its way to the members of its group. Used by one thread. */
    private final class Round {

        private final Publication publication;
        private final Optional<StreamPosition> position;
        private final Terms terms;
        private final WrappedContent wrapped;
        private @Nullable Object event;
        private int failures;

        Round(Publication publication, Optional<StreamPosition> position) {
            this.publication = publication;
            this.position = position;
            this.wrapped = new WrappedContent(publication, position);
            GroupSettings settings = config.settingsOf(publication.group());
            this.terms = Terms.inGroup(
                    publication.group(),
                    deliveryOf(settings),
                    settings.overflow().orElse(config.outbox().policy()));
        }

        /** What is kept arrives, whatever is said of the group's kind here. */
        private Delivery deliveryOf(GroupSettings settings) {
            return publication.keep().isPresent() || position.isPresent()
                    ? Delivery.MESSAGE
                    : publication.options().delivery().orElse(settings.delivery());
        }

        /** Tells whether it is something that can be told here; an event that another node has written must be read for that. */
        boolean canBeRead() {
            Content content = publication.content();
            if (publication.options().recipient() == PublishOptions.To.PEERS) {
                return true;
            }
            try {
                event = content.isCarried() ? eventTypes.read(content) : content.payload();
                return true;
            } catch (RuntimeException e) {
                log.error(
                        "Event {} of {} cannot be read, and reaches nobody here",
                        publication.id(),
                        publication.group(),
                        e);
                return false;
            }
        }

        Deliveries toAll(List<Membership> members) {
            return toAll(members, member -> {});
        }

        Deliveries toAll(List<Membership> members, Unions.Union union) {
            return toAll(members, union::reached);
        }

        private Deliveries toAll(List<Membership> members, Consumer<Channel> reached) {
            int queued = 0;
            int dropped = 0;
            int closed = 0;
            for (Membership member : members) {
                Outcome outcome = survivingTo(member, member.channel());
                if (outcome != Outcome.NOT_MEANT) {
                    reached.accept(member.channel());
                }
                switch (outcome) {
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

        /** Conditions, variations, interceptors and codecs are the application's: if one fails, the others still get theirs. */
        private Outcome survivingTo(Membership member, Channel channel) {
            try {
                PublishOptions options = publication.options();
                if (!options.audience().includes(channel)) {
                    return Outcome.NOT_MEANT;
                }
                Optional<Object> instead = options.variation().flatMap(variation -> variation.apply(channel));
                if (options.recipient() == PublishOptions.To.CONSUMERS) {
                    if (channel.tell(instead.orElseGet(() -> Objects.requireNonNull(event)))) {
                        return Outcome.QUEUED;
                    }
                    return channel.isOpen() ? Outcome.NOT_MEANT : Outcome.CLOSED;
                }
                Frame frame =
                        instead.isPresent() ? wrapped.insteadFor(member, instead.get()) : wrapped.forMember(member);
                return member.deliver(frame, position, terms);
            } catch (RuntimeException | Error e) {
                noteFailure(channel, e);
                return Outcome.DROPPED;
            }
        }

        private void noteFailure(Channel channel, Throwable failure) {
            String format = channel.codec().format();
            if (publication.content().isCarried() && failure instanceof IllegalArgumentException) {
                if (unreadableFormats.add(format)) {
                    log.error(
                            "{} and others that speak '{}' do not get what other nodes say, since those did not write it so. Give every"
                                    + " box their codec: ChannelBox.builder().codecs(...), or a historyCodec(...) that theirs restores",
                            channel,
                            format,
                            failure);
                }
            } else if (failures++ == 0) {
                log.error("{} does not get message {} of {}", channel, publication.id(), publication.group(), failure);
            }
        }
    }
}

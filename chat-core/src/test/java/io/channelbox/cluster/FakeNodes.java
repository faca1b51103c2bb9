package io.channelbox.cluster;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.history.History;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Several nodes that share a store: what one publishes is written, and read by the others, on the calling thread. For one thread. */
public final class FakeNodes {

    private final InMemoryHistoryStore store =
            new InMemoryHistoryStore(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
    private final List<Node> nodes = new ArrayList<>();
    private final Map<UserId, Integer> connections = new HashMap<>();
    private List<Signal.Ban> bans = new ArrayList<>();

    /** Returns the broker of one node more. */
    public Node node() {
        var node = new Node("node" + nodes.size());
        nodes.add(node);
        return node;
    }

    /** Returns how many connections are counted for a user. */
    public int connections(UserId user) {
        return connections.getOrDefault(user, 0);
    }

    /** One node. */
    public final class Node implements Broker, Cluster {

        private final String name;
        private final Set<GroupName> watched = new HashSet<>();
        private final List<Signal> told = new ArrayList<>();
        private Optional<Receiver> receiver = Optional.empty();
        private boolean cut;

        private Node(String name) {
            this.name = name;
        }

        /** Cuts it off from the others, or ends that. */
        public void cut(boolean now) {
            cut = now;
        }

        /** Returns the box's end. */
        public Receiver receiver() {
            return receiver.orElseThrow();
        }

        /** Returns what it has told. */
        public List<Signal> told() {
            return told;
        }

        private void reach() {
            if (cut) {
                throw new StoreException("cannot reach the others", new IOException("cut off"));
            }
        }

        private List<Node> others() {
            return nodes.stream().filter(node -> node != this && !node.cut).toList();
        }

        @Override
        public void start(Receiver only) {
            receiver = Optional.of(only);
        }

        @Override
        public PublishResult publish(Publication publication) {
            reach();
            Optional<StreamPosition> position = publication.keep().map(keep -> keep(publication, keep));
            byte[] envelope = Envelopes.write(publication, name);
            others().forEach(node -> node.arrived(publication.group(), position, envelope));
            Deliveries here = deliver(publication, position);
            return position.isPresent()
                    ? new PublishResult.Appended(position.get(), here)
                    : new PublishResult.Sent(here);
        }

        private StreamPosition keep(Publication publication, Publication.Keep keep) {
            var message = new Message(
                    publication.id(),
                    publication.group(),
                    publication.options().sender(),
                    publication.options().kind(),
                    publication.sentAt(),
                    keep.payload(),
                    Optional.empty());
            return store.append(publication.group(), List.of(message), keep.retention())
                    .get(0);
        }

        private void arrived(GroupName group, Optional<StreamPosition> position, byte[] envelope) {
            Envelopes.Carried carried = Envelopes.read(group, envelope);
            if (!carried.hereOnly()) {
                deliver(carried.publication(), position);
            }
        }

        private Deliveries deliver(Publication publication, Optional<StreamPosition> position) {
            if (!watched.contains(publication.group())) {
                return Deliveries.NONE;
            }
            Deliveries here = receiver().receive(publication, position);
            receiver().flush();
            return here;
        }

        @Override
        public void watch(GroupName group) {
            watched.add(group);
        }

        @Override
        public void unwatch(GroupName group) {
            watched.remove(group);
        }

        @Override
        public void rule(GroupName group, Rule rule) {
            throw new UnsupportedOperationException("this fake has no rules");
        }

        @Override
        public History history() {
            return store;
        }

        @Override
        public Optional<Cluster> cluster() {
            return Optional.of(this);
        }

        @Override
        public void close() {
            cut = true;
        }

        @Override
        public String node() {
            return name;
        }

        @Override
        public void tell(Signal signal) {
            reach();
            told.add(signal);
            others().forEach(node -> node.receiver().signalled(signal));
        }

        @Override
        public void tell(GroupName group, Signal signal) {
            reach();
            told.add(signal);
            others().stream()
                    .filter(node -> node.watched.contains(group))
                    .forEach(node -> node.receiver().signalled(signal));
        }

        @Override
        public void ban(Signal.Ban ban) {
            reach();
            bans.removeIf(each -> each.user().equals(ban.user()) && each.group().equals(ban.group()));
            if (!ban.time().isZero()) {
                bans.add(ban);
            }
            tell(ban);
        }

        @Override
        public List<Signal.Ban> bans() {
            reach();
            return List.copyOf(bans);
        }

        @Override
        public boolean enter(UserId user, int most) {
            reach();
            if (connections(user) >= most) {
                return false;
            }
            connections.merge(user, 1, Integer::sum);
            return true;
        }

        @Override
        public void leave(UserId user) {
            connections.merge(user, -1, Integer::sum);
        }

        @Override
        public void forget(String node) {}

        @Override
        public <T> Optional<T> shared(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public boolean staysLocal() {
            return false;
        }

        @Override
        public Health health() {
            return Health.HEALTHY;
        }
    }

    /** Lets so much of the time pass for which bans hold. */
    public void pass(Duration time) {
        List<Signal.Ban> left = new ArrayList<>();
        for (Signal.Ban ban : bans) {
            if (ban.time().compareTo(time) > 0) {
                left.add(new Signal.Ban(ban.user(), ban.group(), ban.time().minus(time)));
            }
        }
        bans = left;
    }
}

package io.channelbox.fake;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.LocalBroker;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Several nodes that hear each other's signals at once. What is said to groups stays on its node. For one thread. */
public final class FakeCluster {

    private final Object shared;
    private final List<Node> nodes = new ArrayList<>();

    /** Makes a cluster that shares this. */
    public FakeCluster(Object shared) {
        this.shared = shared;
    }

    /** Adds a node. */
    public Node node(String name) {
        var node = new Node(name);
        nodes.add(node);
        return node;
    }

    /** One node's end. */
    public final class Node implements Broker, Cluster {

        private final String name;
        private final Broker local = new LocalBroker();
        private final Set<GroupName> watched = new HashSet<>();
        private Optional<Receiver> receiver = Optional.empty();
        /** What it has told. */
        public final List<Signal> told = new ArrayList<>();
        /** Which nodes it has forgotten. */
        public final List<String> forgotten = new ArrayList<>();
        /** It hears nothing, and does not know it. */
        public boolean deaf;
        /** It can tell nothing. */
        public boolean mute;

        private Node(String name) {
            this.name = name;
        }

        /** Returns who takes what it hears. */
        public Receiver receiver() {
            return receiver.orElseThrow();
        }

        @Override
        public void start(Receiver only) {
            receiver = Optional.of(only);
            local.start(only);
        }

        @Override
        public PublishResult publish(Publication publication) {
            return local.publish(publication);
        }

        @Override
        public void watch(GroupName group) {
            watched.add(group);
            local.watch(group);
        }

        @Override
        public void unwatch(GroupName group) {
            watched.remove(group);
            local.unwatch(group);
        }

        @Override
        public void rule(GroupName group, Rule rule) {
            local.rule(group, rule);
        }

        @Override
        public History history() {
            return local.history();
        }

        @Override
        public Optional<Cluster> cluster() {
            return Optional.of(this);
        }

        @Override
        public String node() {
            return name;
        }

        @Override
        public void tell(Signal signal) {
            tell(signal, others());
        }

        @Override
        public void tell(GroupName group, Signal signal) {
            tell(
                    signal,
                    others().stream()
                            .filter(other -> other.watched.contains(group))
                            .toList());
        }

        private List<Node> others() {
            return nodes.stream().filter(node -> node != this).toList();
        }

        private void tell(Signal signal, List<Node> hearers) {
            if (mute) {
                throw new StoreException("nobody answers", new IOException("connection refused"));
            }
            told.add(signal);
            hearers.stream()
                    .filter(node -> !node.deaf)
                    .forEach(node -> node.receiver().signalled(signal));
        }

        @Override
        public void ban(Signal.Ban ban) {
            tell(ban);
        }

        @Override
        public List<Signal.Ban> bans() {
            return List.of();
        }

        @Override
        public boolean enter(UserId user, int most) {
            return true;
        }

        @Override
        public void leave(UserId user) {}

        @Override
        public void forget(String node) {
            forgotten.add(node);
        }

        @Override
        public <T> Optional<T> shared(Class<T> type) {
            return type.isInstance(shared) ? Optional.of(type.cast(shared)) : Optional.empty();
        }

        @Override
        public boolean staysLocal() {
            return false;
        }

        @Override
        public Health health() {
            return Health.HEALTHY;
        }

        @Override
        public void close() {
            nodes.remove(this);
            local.close();
        }
    }
}

package io.channelbox.redis;

import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Backplane;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Several backplanes that know nothing of each other: each group is on one of them, by its name, and what is not of a group is on the first.
 */
final class ShardedBackplane implements Backplane {

    private final List<Backplane> shards;
    private final Backplane first;

    ShardedBackplane(List<? extends Backplane> shards) {
        this.shards = List.copyOf(shards);
        this.first = this.shards.get(0);
    }

    private Backplane of(GroupName group) {
        return shards.get(ShardHash.shardOf(group.value(), shards.size()));
    }

    private void each(Collection<GroupName> groups, BiConsumer<Backplane, List<GroupName>> call) {
        groups.stream().collect(Collectors.groupingBy(this::of)).forEach(call);
    }

    @Override
    public void start(Listener listener) {
        var all = new ShardListener(listener);
        shards.forEach(shard -> shard.start(all.of(shard)));
    }

    @Override
    public Outcome publish(Outgoing outgoing) {
        return of(outgoing.group()).publish(outgoing);
    }

    @Override
    public void subscribe(Collection<GroupName> groups) {
        each(groups, Backplane::subscribe);
    }

    @Override
    public void unsubscribe(Collection<GroupName> groups) {
        each(groups, Backplane::unsubscribe);
    }

    @Override
    public void resubscribe() {
        shards.forEach(Backplane::resubscribe);
    }

    @Override
    public Map<GroupName, StreamPosition> tops(Collection<GroupName> groups) {
        Map<GroupName, StreamPosition> tops = new HashMap<>();
        each(groups, (shard, some) -> tops.putAll(shard.tops(some)));
        return tops;
    }

    @Override
    public Page read(GroupName group, StreamPosition after, int limit) {
        return of(group).read(group, after, limit);
    }

    @Override
    public void newEpoch(GroupName group, String present) {
        of(group).newEpoch(group, present);
    }

    @Override
    public History history() {
        List<History> histories = new ArrayList<>();
        shards.forEach(shard -> histories.add(shard.history()));
        return new ShardedHistory(histories);
    }

    @Override
    public void rule(GroupName group, Rule rule) {
        of(group).rule(group, rule);
    }

    @Override
    public void tell(byte[] signal) {
        first.tell(signal);
    }

    @Override
    public void tell(GroupName group, byte[] signal) {
        of(group).tell(group, signal);
    }

    @Override
    public boolean alive(String node, Duration within) {
        return first.alive(node, within);
    }

    @Override
    public List<String> claimGone(Duration again) {
        return first.claimGone(again);
    }

    @Override
    public void forget(String node) {
        first.forget(node);
    }

    @Override
    public void ban(Signal.Ban ban) {
        first.ban(ban);
    }

    @Override
    public List<Signal.Ban> bans() {
        return first.bans();
    }

    @Override
    public boolean enter(String node, UserId user, int most) {
        return first.enter(node, user, most);
    }

    @Override
    public void leave(String node, UserId user) {
        first.leave(node, user);
    }

    @Override
    public void entered(String node, Map<UserId, Integer> connections) {
        first.entered(node, connections);
    }

    @Override
    public <T> Optional<T> shared(Class<T> type) {
        return first.shared(type);
    }

    @Override
    public void ping() {
        shards.forEach(Backplane::ping);
    }

    @Override
    public void close() {
        shards.forEach(Backplane::close);
    }
}

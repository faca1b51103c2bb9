package io.channelbox.examples.room;

import io.channelbox.broker.Cluster;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceStore;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is in a group at the other programs, as they have tracked them; without grace times, which the original clients do not know. */
final class Elsewhere {

    private record Others(String node, PresenceStore store) {}

    private final Optional<Others> others;

    Elsewhere(ChannelBox box) {
        others = box.cluster().flatMap(Elsewhere::othersIn);
    }

    private static Optional<Others> othersIn(Cluster cluster) {
        return cluster.shared(PresenceStore.class).map(store -> new Others(cluster.node(), store));
    }

    /** Tells whether a user is in a group there. */
    boolean has(GroupName group, UserId user) {
        return others.stream()
                .flatMap(all -> all.store().read(group, user).stream().filter(entry -> isThere(all, entry)))
                .findAny()
                .isPresent();
    }

    /** Tells whether a user is anywhere there. */
    boolean has(UserId user) {
        return others.stream()
                .flatMap(all -> all.store().read(user).stream().filter(entry -> isThere(all, entry)))
                .findAny()
                .isPresent();
    }

    /** Returns the names of all who are in a group, here and there, each once. */
    Stream<String> namesIn(Group group) {
        Stream<String> here =
                group.members().stream().map(member -> member.user().name());
        Stream<String> there = others.stream()
                .flatMap(all -> all.store().read(group.name()).stream().filter(entry -> isThere(all, entry)))
                .map(PresenceEntry::name);
        return Stream.concat(here, there).distinct();
    }

    private static boolean isThere(Others all, PresenceEntry entry) {
        return entry.isHere() && !entry.isOf(all.node());
    }
}

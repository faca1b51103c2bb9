package io.channelbox.channel;

import io.channelbox.codec.Codec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The members of a group at one moment, in the order they joined, the threads they are sent to by, and one codec of each format they speak. */
record Snapshot(List<Membership> members, List<Share> shares, List<Codec<?>> codecs) {

    static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of());

    static Snapshot of(Iterable<Membership> members) {
        List<Membership> all = new ArrayList<>();
        Map<String, Codec<?>> codecs = new LinkedHashMap<>();
        for (Membership member : members) {
            all.add(member);
            codecs.putIfAbsent(
                    member.channel().codec().format(), member.channel().codec());
        }
        List<Membership> unchanging = List.copyOf(all);
        return new Snapshot(unchanging, shares(unchanging), List.copyOf(codecs.values()));
    }

    private static List<Share> shares(List<Membership> members) {
        Map<@Nullable Executor, List<Membership>> byLoop = new LinkedHashMap<>(4);
        for (Membership member : members) {
            byLoop.computeIfAbsent(member.channel().outbox().loop(), loop -> new ArrayList<>())
                    .add(member);
        }
        if (byLoop.size() == 1) { // most containers have no such threads: no list but the one that is there
            return List.of(new Share(members, byLoop.keySet().iterator().next()));
        }
        List<Share> shares = new ArrayList<>(byLoop.size());
        byLoop.forEach((loop, those) -> shares.add(new Share(List.copyOf(those), loop)));
        return List.copyOf(shares);
    }
}

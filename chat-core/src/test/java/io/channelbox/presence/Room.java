package io.channelbox.presence;

import io.channelbox.auth.User;
import io.channelbox.broker.Broker;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Opening;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A room with presence, and what its peers are told. Whatever is brought about has been told when a method returns. */
final class Room {

    static final GroupName NAME = GroupName.of("room", "lobby");
    private static final TypedJsonCodec<Object> CODEC = TypedJsonCodec.ofTypes(
            JsonStyle.DEFAULT.payloadIn("payload"), PresenceState.class, PresenceDiff.class, Typing.class);

    final TestBox test;
    final InMemoryPresenceStore store;
    final Presence presence;
    private final Map<Channel, Integer> taken = new HashMap<>();

    Room() {
        this(settings -> settings);
    }

    Room(UnaryOperator<Presence.Builder> settings) {
        this(settings, box -> box);
    }

    Room(UnaryOperator<Presence.Builder> settings, UnaryOperator<ChannelBox.Builder> boxSettings) {
        store = new InMemoryPresenceStore();
        test = new TestBox(boxSettings);
        presence = settings.apply(Presence.in(test.box).store(store)).build();
    }

    private Room(UnaryOperator<Presence.Builder> settings, Broker broker) {
        store = new InMemoryPresenceStore(); // that nobody uses
        test = new TestBox(box -> box.broker(broker));
        presence = settings.apply(Presence.in(test.box)).build();
    }

    /** Returns a room of one node of several, whose store is the one that they share. */
    static Room inCluster(UnaryOperator<Presence.Builder> settings, Broker broker) {
        return new Room(settings, broker);
    }

    Peer enter(String user) {
        return enter(user, user);
    }

    Peer enter(String id, String name) {
        Peer peer = open(id, name);
        join(peer);
        return peer;
    }

    Peer open(String id, String name) {
        return test.enter(Opening.of(new User(new UserId(id), name, Set.of()), CODEC));
    }

    void join(Peer peer) {
        test.box.group(NAME).join(peer.channel());
        presence.track(NAME, peer.channel());
        settle();
    }

    void leave(Peer peer) {
        test.box.group(NAME).leave(peer.channel());
        settle();
    }

    void cut(Peer... peers) {
        for (Peer peer : peers) {
            peer.channel().ended(CloseStatus.ABNORMAL);
        }
        settle();
    }

    void pass(Duration time) {
        settle();
        for (long left = time.toSeconds(); left > 0; left--) {
            test.time.pass(Duration.ofSeconds(1));
            settle();
        }
    }

    void settle() {
        test.executor.run();
    }

    /** Returns what a peer was told of presence since the last call. */
    List<Object> told(Peer peer) {
        settle();
        List<Frame> frames = peer.connection().frames();
        List<Object> fresh = new ArrayList<>();
        for (Frame frame : frames.subList(taken.getOrDefault(peer.channel(), 0), frames.size())) {
            fresh.add(CODEC.decode(frame));
        }
        taken.put(peer.channel(), frames.size());
        return fresh;
    }

    /** Returns the same in words: {@code +ann -bob ~eve}, and for a state who is here. */
    List<String> words(Peer peer) {
        return told(peer).stream().map(Room::words).toList();
    }

    private static String words(Object told) {
        List<String> words = new ArrayList<>();
        if (told instanceof PresenceState state) {
            words.add("state " + state.version() + ":");
            state.members().orElse(List.of()).forEach(member -> words.add(member.id()));
            if (state.reduced()) {
                words.add(state.users() + "/" + state.channels());
            }
        } else if (told instanceof PresenceDiff diff) {
            words.add(diff.version() + ":");
            diff.joins().orElse(List.of()).forEach(member -> words.add("+" + member.id()));
            diff.leaves().orElse(List.of()).forEach(id -> words.add("-" + id));
            diff.updates().orElse(List.of()).forEach(member -> words.add("~" + member.id()));
            if (diff.reduced()) {
                words.add(diff.users() + "/" + diff.channels());
            }
        } else if (told instanceof Typing typing) {
            words.add(typing.user() + (typing.typing() ? " types" : " stops"));
        }
        return String.join(" ", words);
    }
}

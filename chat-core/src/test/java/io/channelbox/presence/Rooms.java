package io.channelbox.presence;

import io.channelbox.fake.FakeCluster;
import io.channelbox.fake.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The same room on several nodes. */
final class Rooms {

    final InMemoryPresenceStore memory = new InMemoryPresenceStore();
    final FlakyStore store = new FlakyStore(memory);
    private final FakeCluster cluster = new FakeCluster(store);
    private final List<Room> rooms = new ArrayList<>();
    private final List<FakeCluster.Node> nodes = new ArrayList<>();
    private final UnaryOperator<Presence.Builder> settings;

    Rooms(int number) {
        this(number, presence -> presence);
    }

    Rooms(int number, UnaryOperator<Presence.Builder> settings) {
        this.settings = settings;
        for (int i = 0; i < number; i++) {
            add();
        }
    }

    Room add() {
        FakeCluster.Node node = cluster.node("node-" + nodes.size());
        nodes.add(node);
        Room room = Room.inCluster(settings, node);
        rooms.add(room);
        return room;
    }

    Room on(int number) {
        return rooms.get(number);
    }

    FakeCluster.Node node(int number) {
        return nodes.get(number);
    }

    /** Lets happen what is to, on all nodes. */
    void settle() {
        while (rooms.stream().anyMatch(room -> room.test.executor.waiting() > 0)) {
            rooms.forEach(Room::settle);
        }
    }

    void pass(Duration time) {
        settle();
        for (long left = time.toSeconds(); left > 0; left--) {
            rooms.forEach(room -> room.test.time.pass(Duration.ofSeconds(1)));
            settle();
        }
    }

    Peer enter(int number, String user) {
        Peer peer = rooms.get(number).enter(user);
        settle();
        return peer;
    }

    void cut(int number, Peer... peers) {
        rooms.get(number).cut(peers);
        settle();
    }

    List<String> words(int number, Peer peer) {
        settle();
        return rooms.get(number).words(peer);
    }

    /** The node ends without a word; its peers are with it. */
    void kill(int number) {
        nodes.get(number).close();
        nodes.get(number).mute = true;
        rooms.get(number).test.executor.refuse(true);
    }

    /** A node has been silent for too long, whether it has ended or hears nothing for a while. */
    void gone(int number, int toldTo) {
        nodes.get(number).deaf = true;
        nodes.get(toldTo).receiver().nodeGone(nodes.get(number).node());
        settle();
    }

    /** A node is back, and learns that it was taken for gone. */
    void forgotten(int number) {
        nodes.get(number).deaf = false;
        nodes.get(number).receiver().forgotten();
        settle();
    }

    void reconnected(int number) {
        nodes.get(number).receiver().reconnected();
        settle();
    }
}

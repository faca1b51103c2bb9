package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All clients of one shape, connected to one server. */
final class Crowd implements Client.Observer, AutoCloseable {

    private static final int JOINING_AT_ONCE = 256;
    private static final Duration PATIENCE_WITH_JOINS = Duration.ofSeconds(60);

    private final Shape shape;
    private final EventLoop loop;
    private final List<Room> rooms = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private int joined;
    private int gone;
    private boolean saturating;

    Crowd(Shape shape, int firstRoom, Dialect dialect, EventLoop loop) {
        this.shape = shape;
        this.loop = loop;
        for (int i = 0; i < shape.rooms(); i++) {
            rooms.add(new Room(firstRoom + i));
        }
        for (int i = 0; i < shape.clients(); i++) {
            clients.add(new Client(dialect, i, roomsOf(i), shape.senders(), shape.size(), this));
        }
    }

    private Room[] roomsOf(int client) {
        var own = new Room[shape.roomsPerClient()];
        for (int i = 0; i < own.length; i++) {
            own[i] = rooms.get(shape.roomOf(client, i));
        }
        return own;
    }

    /** Connects all, and answers how long it took until all were in their rooms. The last has this receive buffer, if not 0. */
    Duration join(int port, int receiveBufferOfLast) throws IOException {
        long start = System.nanoTime();
        var next = new Object() {
            int client;
        };
        loop.run(start + PATIENCE_WITH_JOINS.toNanos(), () -> joined == clients.size() || gone > 0, () -> {
            for (; next.client < clients.size() && next.client - joined < JOINING_AT_ONCE; next.client++) {
                connect(next.client, port, next.client == clients.size() - 1 ? receiveBufferOfLast : 0);
            }
        });
        if (joined < clients.size()) {
            throw new IOException("%,d of %,d joined, %d hung up".formatted(joined, clients.size(), gone));
        }
        addSenders();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void connect(int client, int port, int receiveBuffer) {
        try {
            clients.get(client).connect(loop.selector(), port, receiveBuffer);
        } catch (IOException notConnected) {
            gone++;
        }
    }

    private void addSenders() {
        for (int i = 0; i < shape.senders() * shape.rooms(); i++) {
            int room = i % shape.rooms();
            senders.add(new Sender(i / shape.rooms(), i, rooms.get(room), clients.get(i), shape.size()));
        }
    }

    List<Sender> senders() {
        return senders;
    }

    /** A member that does not speak. */
    Client last() {
        return clients.get(clients.size() - 1);
    }

    /** Keeps as many messages on their way as the senders' windows hold. */
    void saturate() {
        saturating = true;
        for (Sender sender : senders) {
            while (sender.inFlight() < shape.window()) {
                sender.send(System.nanoTime());
            }
        }
    }

    /** Says nothing new, and waits until all have what was said, but not for ever. */
    void settle(Duration patience) throws IOException {
        saturating = false;
        loop.run(
                System.nanoTime() + patience.toNanos(),
                () -> senders.stream().allMatch(s -> s.inFlight() == 0),
                () -> {});
        senders.forEach(Sender::giveUp);
    }

    /** How many deliveries never came to those who were awaited to the end. */
    long lost() {
        long owed = 0;
        for (Client client : clients) {
            for (Sender sender : senders) {
                if (client.awaited() && client.isIn(sender.room())) {
                    owed += client.checklist().owed(sender.room().id(), sender.index(), sender.sent());
                }
            }
        }
        return owed + loop.counters().missing;
    }

    /** How many connections the server ended. */
    int gone() {
        return gone;
    }

    @Override
    public void onJoined() {
        joined++;
    }

    @Override
    public void onFrame() {
        loop.counters().frames++;
    }

    @Override
    public void onDelivery(Client client, byte[] bytes, int payload) {
        Counters counters = loop.counters();
        counters.deliveries++;
        int id = Payload.sender(bytes, payload);
        if (id >= senders.size()) {
            counters.strays++;
            return;
        }
        Sender sender = senders.get(id);
        int sequence = Payload.sequence(bytes, payload);
        boolean isNew = client.checklist().note(Payload.room(bytes, payload), sender.index(), sequence, counters);
        if (isNew && client.awaited()) {
            counters.latencies.add(System.nanoTime() - Payload.stamp(bytes, payload));
            if (sender.readByOne(sequence) && saturating) {
                sender.send(System.nanoTime());
            }
        }
    }

    @Override
    public void onGone() {
        gone++;
    }

    @Override
    public void close() {
        clients.forEach(Client::leave);
    }
}

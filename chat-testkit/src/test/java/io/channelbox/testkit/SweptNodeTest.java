package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import io.channelbox.presence.NamePolicy;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceMember;
import io.channelbox.presence.PresenceStore;
import io.channelbox.presence.UserStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node was paused for so long that another one takes away what it has left behind, and goes on in the middle of that. */
class SweptNodeTest {

    private static final GroupName LOBBY = GroupName.of("room", "lobby");
    private static final GroupName KITCHEN = GroupName.of("room", "kitchen");

    private final TestCluster cluster = TestCluster.of(2).mount("/rooms/{room_id}", ChatRoom::new);
    private final Interrupted store = new Interrupted(cluster.node(0)
            .box()
            .cluster()
            .flatMap(all -> all.shared(PresenceStore.class))
            .orElseThrow());
    private final Presence here =
            Presence.in(cluster.node(0).box()).store(store).build();
    private final List<String> seenByBob = new ArrayList<>();
    private final Presence there = Presence.in(cluster.node(1).box())
            .onChange(change -> change.leaves().forEach(member -> seenByBob.add("-" + member.id())))
            .build();

    /** A store in which a sweep is interrupted when half of it is done: then somebody else comes to do something. */
    private static final class Interrupted implements PresenceStore {

        private final PresenceStore store;
        private Runnable meanwhile = () -> {};
        private boolean failing;

        Interrupted(PresenceStore store) {
            this.store = store;
        }

        @Override
        public List<PresenceEntry> removeNode(String node) {
            List<PresenceEntry> first = store.read(LOBBY).stream()
                    .filter(entry -> entry.isOf(node))
                    .filter(entry -> store.leave(entry, Optional.empty()) == Left.GONE)
                    .toList();
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            if (failing) {
                failing = false;
                throw new StoreException("half is done", new IOException("connection reset"));
            }
            List<PresenceEntry> all = new ArrayList<>(first);
            all.addAll(store.removeNode(node));
            return all;
        }

        @Override
        public Joined join(PresenceEntry entry, NamePolicy names) {
            return store.join(entry, names);
        }

        @Override
        public Left leave(PresenceEntry entry, Optional<Instant> keptAsLeftAt) {
            return store.leave(entry, keptAsLeftAt);
        }

        @Override
        public void active(PresenceEntry entry, boolean active) {
            store.active(entry, active);
        }

        @Override
        public boolean status(UserId user, UserStatus status) {
            return store.status(user, status);
        }

        @Override
        public List<PresenceEntry> read(GroupName group) {
            return store.read(group);
        }

        @Override
        public List<PresenceEntry> read(GroupName group, UserId user) {
            return store.read(group, user);
        }

        @Override
        public List<PresenceEntry> read(UserId user) {
            return store.read(user);
        }
    }

    private TestClient enter(int node, Presence presence, String user) {
        TestClient client = cluster.node(node).user(user).connect("/rooms/1");
        for (GroupName room : List.of(LOBBY, KITCHEN)) {
            cluster.node(node).box().group(room).join(client.channel());
            presence.track(room, client.channel());
        }
        cluster.settle();
        return client;
    }

    private static List<String> names(Presence presence, GroupName group) {
        return presence.members(group).stream()
                .map(PresenceMember::id)
                .map(UserId::value)
                .sorted()
                .toList();
    }

    /** The node goes on, and has the time to learn that it was taken for gone. */
    private void comeBack() {
        cluster.resume(1);
        cluster.clock().advance(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsOnANodeThatComesBackDuringItsSweepIsHereAgain(boolean failing) {
        enter(0, here, "ann");
        enter(1, there, "bob");
        cluster.advance(Duration.ofSeconds(5));
        store.meanwhile = this::comeBack;
        store.failing = failing;

        cluster.pause(1);
        cluster.advance(Duration.ofSeconds(60));

        for (GroupName room : List.of(LOBBY, KITCHEN)) {
            assertEquals(List.of("ann", "bob"), names(here, room));
            assertEquals(List.of("ann", "bob"), names(there, room));
        }
        assertEquals(List.of(), seenByBob);
    }

    @Test
    void whoEndsDuringTheSweepIsNotHereAgain() {
        enter(0, here, "ann");
        TestClient bob = enter(1, there, "bob");
        cluster.advance(Duration.ofSeconds(5));
        store.meanwhile = () -> {
            comeBack();
            bob.close();
        };

        cluster.pause(1);
        cluster.advance(Duration.ofSeconds(60));

        assertEquals(List.of("ann"), names(here, LOBBY));
        assertEquals(List.of("ann"), names(here, KITCHEN));
    }
}

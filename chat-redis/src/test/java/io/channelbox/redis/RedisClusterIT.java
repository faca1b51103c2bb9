package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.cluster.Backplane;
import io.channelbox.history.HistoryStore;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.presence.PresenceStore;
import io.channelbox.testkit.BackplaneContract;
import io.channelbox.testkit.HistoryStoreContract;
import io.channelbox.testkit.PresenceStoreContract;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedisClusterIT {

    private static final ClusterServers SERVERS = ClusterServers.start();

    @AfterAll
    static void stop() {
        SERVERS.close();
    }

    private static LinkOptions options() {
        return LinkOptions.ofCluster(SERVERS.uris(), SharedRedis.newPrefix());
    }

    @Nested
    class Contract implements BackplaneContract {

        private final LinkOptions options = options();

        @Override
        public Backplane newBackplane() {
            return RedisBackplane.connect(options);
        }
    }

    @Nested
    class Histories implements HistoryStoreContract {

        private final RedisLink link = RedisLink.connect(options());

        @Override
        public HistoryStore newStore(InstantSource clock) {
            return new RedisHistoryStore(link, clock);
        }

        @AfterEach
        void disconnect() {
            link.close();
        }
    }

    @Nested
    class Presences extends PresenceStoreContract {

        private final RedisLink link = RedisLink.connect(options());

        @Override
        protected PresenceStore newStore() {
            return new RedisPresenceStore(link);
        }

        @AfterEach
        void disconnect() {
            link.close();
        }
    }

    @Test
    @Timeout(120)
    void afterTheMasterOfAGroupHasFailedTheGroupGoesOn() throws Exception {
        try (var own = ClusterServers.start();
                RedisBackplane here = RedisBackplane.connect(LinkOptions.ofCluster(own.uris(), "failover"));
                RedisBackplane there = RedisBackplane.connect(LinkOptions.ofCluster(own.uris(), "failover"))) {
            GroupName room = GroupName.of("chat", "room");
            Events heardHere = Events.of(here, room);
            Events heardThere = Events.of(there, room);
            StreamPosition before = Said.publish(here, room, "before");
            heardThere.await("before@" + before);

            own.stopMasterOf(here.link().keys().of("stream", room));
            StreamPosition after = Said.eventually(() -> Said.publish(here, room, "after"));

            // Whoever was connected to the node that failed reads what it missed.
            Said.eventually(() -> Said.told(here, room, "both", heardHere));
            Said.eventually(() -> Said.told(here, room, "both", heardThere));
            assertEquals(after, Said.eventually(() -> there.tops(List.of(room))).get(room));
        }
    }
}

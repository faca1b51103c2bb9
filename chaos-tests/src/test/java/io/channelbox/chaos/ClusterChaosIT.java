package io.channelbox.chaos;

import static io.channelbox.chaos.Crowd.ROOMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.chaos.ClusterFault.Planned;
import io.channelbox.chaos.Verdict.Kept;
import io.channelbox.redis.RedisChat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.core.reactor.NioReactor;

/**
 * Clients talk without end to several nodes, each time they connect to the next one, while nodes are killed and paused, the Redis behind
 * them is killed, and lines are cut and frozen. When all is whole again, everybody has heard everything that was accepted, once and in one
 * order, and all nodes know who is here. {@code -Dchannelbox.seed=N -Dchaos.cluster.clients=60 -Dchaos.cluster.seconds=120}
 */
class ClusterChaosIT {

    private static final int NODES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final int clients = Integer.getInteger("chaos.cluster.clients", 60);
    private final Duration time = Duration.ofSeconds(Integer.getInteger("chaos.cluster.seconds", 10));
    private final long seed = Long.getLong("channelbox.seed", new Random().nextLong());
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final Crowd crowd = new Crowd();
    private final Map<String, Integer> done = new TreeMap<>();
    private final Path folder;
    private final NioReactor reactor;
    private final ClusterUnderFaults cluster;
    private final Patience patience;

    ClusterChaosIT(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        System.out.println("cluster chaos: " + clients + " clients, " + NODES + " nodes, " + time.toSeconds()
                + " s, -Dchannelbox.seed=" + seed);
        this.folder = folder;
        this.reactor = new NioReactor();
        this.cluster = new ClusterUnderFaults(NODES, folder, reactor);
        this.patience = new Patience(LONGEST_WAIT, cluster::runFor, this::whereToLook);
    }

    @BeforeEach
    void everybodyConnects() {
        for (int i = 0; i < clients; i++) {
            Line line = Line.to(reactor, cluster.portsFrom(i % NODES));
            crowd.add(new Participant("client" + i, ROOMS, line, threads, PAUSE, new Random(seed + i)));
        }
    }

    @AfterEach
    void everythingEnds() {
        crowd.all().forEach(Participant::close);
        threads.shutdownNow();
        cluster.close();
        reactor.close();
    }

    @Test
    void everyAcceptedMessageReachesEverybodyOnceAndInOneOrderWhateverNodeTheyAreOn() throws Exception {
        crowd.enter(patience);
        crowd.all().forEach(Participant::talk);

        for (Planned next : ClusterFault.plan(new Random(seed), NODES, clients, time)) {
            cluster.runFor(next.after());
            commit(next.fault());
        }
        cluster.awaitWhole();
        List<Participant> here = crowd.someGo();
        here.forEach(each -> each.line().thaw());
        Duration recovery = Crowd.fallQuiet(here, patience);
        Duration presence = allKnowWhoIsHere(here);
        here.forEach(Participant::stayUntilTheEnd);
        cluster.checkAlive();
        Map<String, List<Kept>> streams = streams();

        List<String> complaints = new ArrayList<>(crowd.complaints(streams));
        complaints.addAll(cluster.errors());
        System.out.println("cluster chaos: " + done + "; " + crowd.figures(streams) + "; " + complaints.size()
                + " complaints; after the last fault all back and heard in " + recovery.toMillis()
                + " ms, presence right " + presence.toMillis() + " ms later");
        assertEquals(List.of(), complaints, this::whereToLook);
        assertEquals(List.of(0, 0, 0), cluster.drain());
    }

    private void commit(ClusterFault fault) throws Exception {
        if (isDone(fault)) {
            done.merge(fault.getClass().getSimpleName(), 1, Integer::sum);
        }
    }

    private boolean isDone(ClusterFault fault) throws Exception {
        if (fault instanceof ClusterFault.KillNode kill) {
            return cluster.kill(kill.node(), kill.pause());
        } else if (fault instanceof ClusterFault.PauseNode pause) {
            return cluster.pause(pause.node(), pause.time());
        } else if (fault instanceof ClusterFault.KillRedis kill) {
            return cluster.killRedis(kill.pause());
        } else if (fault instanceof ClusterFault.CutRedis cut) {
            return cluster.cutFromRedis(cut.node());
        } else if (fault instanceof ClusterFault.FreezeRedis freeze) {
            return cluster.freezeFromRedis(freeze.node(), freeze.time());
        } else if (fault instanceof ClusterFault.CutClient cut) {
            crowd.get(cut.client()).line().cut();
        } else if (fault instanceof ClusterFault.CutClients) {
            crowd.all().forEach(each -> each.line().cut());
        } else if (fault instanceof ClusterFault.FreezeClient freeze) {
            Line line = crowd.get(freeze.client()).line();
            line.freeze();
            var unused = threads.schedule(line::thaw, freeze.time().toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private Duration allKnowWhoIsHere(List<Participant> here) throws Exception {
        long from = System.nanoTime();
        Set<String> names = Crowd.names(here);
        for (String room : ROOMS) {
            patience.await(
                    () -> "every node to know that just " + names + " are in " + room + ", they know "
                            + cluster.members(room),
                    () -> cluster.members(room).stream().allMatch(names::equals));
            Crowd.knowWhoIsHere(here, room, patience);
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private Map<String, List<Kept>> streams() throws IOException {
        try (RedisChat redis = RedisChat.connect(cluster.redis())) {
            return Crowd.streams(redis.history());
        }
    }

    private String whereToLook() {
        return "-Dchannelbox.seed=" + seed + ", logs in " + folder;
    }
}

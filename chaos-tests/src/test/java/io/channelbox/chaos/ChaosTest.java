package io.channelbox.chaos;

import static io.channelbox.chaos.Crowd.ROOMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.chaos.Fault.Planned;
import io.channelbox.chaos.Verdict.Kept;
import io.channelbox.jdbc.JdbcStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.core.reactor.NioReactor;

/**
 * Clients talk without end over lines that are cut and frozen, with a server that is restarted and killed. When all is whole
 * again, everybody has heard everything that was accepted, once and in order, and knows who is here. The seed decides what is
 * done; when exactly, the machine does. {@code -Dchannelbox.seed=N -Dchaos.clients=20 -Dchaos.seconds=60}
 */
class ChaosTest {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(60);

    private final int clients = Integer.getInteger("chaos.clients", 7);
    private final Duration time = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 15));
    private final long seed = Long.getLong("channelbox.seed", new Random().nextLong());
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final Crowd crowd = new Crowd();
    private final Map<String, Integer> done = new TreeMap<>();
    private final AtomicLong longestRecovery = new AtomicLong();

    private final NioReactor reactor;
    private final Path database;
    private final ServerProcess server;
    private final Patience patience;

    ChaosTest(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        reactor = new NioReactor();
        database = folder.resolve("chat.db");
        server = ServerProcess.of(ChaosServer.class, folder.resolve("server.log"), database.toString());
        patience = new Patience(LONGEST_WAIT, server::runFor, this::whereToLook);
    }

    @BeforeEach
    void everybodyEnters() {
        System.out.println("chaos: " + clients + " clients, " + time.toSeconds() + " s, -Dchannelbox.seed=" + seed);
        for (int i = 0; i < clients; i++) {
            crowd.add(new Participant(
                    "client" + i, ROOMS, Line.to(reactor, server.port()), threads, PAUSE, new Random(seed + i)));
        }
    }

    @AfterEach
    void everythingEnds() {
        crowd.all().forEach(Participant::close);
        threads.shutdownNow();
        server.close();
        reactor.close();
    }

    @Test
    void everyAcceptedMessageReachesEverybodyOnceAndInOrder() throws Exception {
        crowd.enter(patience);
        crowd.all().forEach(Participant::talk);

        for (Planned next : Fault.plan(new Random(seed), clients, time)) {
            server.runFor(next.after());
            commit(next.fault());
        }
        List<Participant> here = crowd.someGo();
        here.forEach(each -> each.line().thaw());
        Duration recovery = Crowd.fallQuiet(here, patience);
        Duration presence = allKnowWhoIsHere(here);
        here.forEach(Participant::stayUntilTheEnd);
        server.runFor(Duration.ZERO);
        assertEquals(0, server.drain());

        Map<String, List<Kept>> streams = streams();
        List<String> complaints = new ArrayList<>(crowd.complaints(streams));
        complaints.addAll(server.errors());
        report(streams, recovery, presence);
        assertEquals(List.of(), complaints, this::whereToLook);
    }

    private void commit(Fault fault) throws Exception {
        done.merge(fault.getClass().getSimpleName(), 1, Integer::sum);
        if (fault instanceof Fault.Cut cut) {
            cut(crowd.get(cut.client()));
        } else if (fault instanceof Fault.CutAll) {
            crowd.all().forEach(this::cut);
        } else if (fault instanceof Fault.Freeze freeze) {
            Line line = crowd.get(freeze.client()).line();
            line.freeze();
            var unused = threads.schedule(line::thaw, freeze.time().toMillis(), TimeUnit.MILLISECONDS);
        } else if (fault instanceof Fault.Restart restart) {
            assertEquals(0, server.drain());
            comeBackAfter(restart.pause());
        } else if (fault instanceof Fault.Kill kill) {
            server.kill();
            comeBackAfter(kill.pause());
        }
    }

    private void cut(Participant who) {
        timeUntilBack(who);
        who.line().cut();
    }

    private void comeBackAfter(Duration pause) throws Exception {
        threads.schedule(
                        () -> {
                            server.restart();
                            return server;
                        },
                        pause.toNanos(),
                        TimeUnit.NANOSECONDS)
                .get();
    }

    private void timeUntilBack(Participant who) {
        long from = System.nanoTime();
        var unused = who.back().thenRun(() -> longestRecovery.accumulateAndGet(System.nanoTime() - from, Math::max));
    }

    private Duration allKnowWhoIsHere(List<Participant> here) throws Exception {
        long from = System.nanoTime();
        for (String room : ROOMS) {
            Crowd.knowWhoIsHere(here, room, patience);
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** Reads the file as whoever comes after everything is over. */
    private Map<String, List<Kept>> streams() {
        try (var source = ChaosServer.at(database);
                var stores = JdbcStores.create(source)) {
            return Crowd.streams(stores.history());
        }
    }

    private void report(Map<String, List<Kept>> streams, Duration recovery, Duration presence) {
        System.out.println("chaos: " + done + "; " + crowd.figures(streams) + ", at most "
                + longestRecovery.get() / 1_000_000
                + " ms from a cut to being back; after the last fault all back and heard in "
                + recovery.toMillis() + " ms, presence right " + presence.toMillis() + " ms later");
    }

    private String whereToLook() {
        return "-Dchannelbox.seed=" + seed + ", log " + server.log();
    }
}

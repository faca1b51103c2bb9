package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.message.StoreException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What members read when another Redis takes over. */
@Timeout(120)
class RedisFailoverIT {

    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();
    private static final Duration PROBE = Duration.ofSeconds(1);

    @Test
    void whatWasSaidAndNotYetReplicatedIsToldAsLostAndNothingIsToldTwice() {
        try (var servers = SentinelServers.start();
                RedisBackplane watching = Said.eventually(
                        () -> RedisBackplane.connect(LinkOptions.of(RedisURI.create(servers.uri()), "tail")));
                ChatNode one = ChatNode.on(
                        RedisChat.builder(servers.uri()).prefix("tail").probeEvery(PROBE));
                ChatNode two = ChatNode.on(
                        RedisChat.builder(servers.uri()).prefix("tail").probeEvery(PROBE))) {
            Said.eventually(() -> Said.replicated(watching));
            ChatPeer ann = one.enter("ann");
            ChatPeer bob = two.enter("bob");
            List.of("one", "two", "three").forEach(one::say);
            Said.eventually(() -> Said.replicated(watching));
            servers.endReplication();
            List.of("four", "five").forEach(two::say);
            ann.awaitTexts(5);
            bob.awaitTexts(5);

            servers.stopMaster();
            Eventually.is("degraded", () -> !one.health().healthy());
            Eventually.is(
                    "healthy again",
                    () -> one.health().healthy() && two.health().healthy());
            one.say("after");

            for (ChatPeer member : List.of(ann, bob)) {
                member.awaitText("after");
                assertEquals(
                        "epoch",
                        member.await("lost").path("payload").path("cause").asText());
                assertEquals(List.of("one", "two", "three", "four", "five", "after"), member.texts());
            }
        }
    }

    @Test
    void whenTheMasterOfAGroupFailsInAClusterMessagesGoOnAndWhatWasMissedIsRead() {
        try (var servers = ClusterServers.start();
                ChatNode one = ChatNode.on(inCluster(servers));
                ChatNode two = ChatNode.on(inCluster(servers));
                RedisBackplane watching = RedisBackplane.connect(LinkOptions.ofCluster(servers.uris(), "cluster"))) {
            ChatPeer ann = one.enter("ann");
            ChatPeer bob = two.enter("bob");
            List<String> accepted = new ArrayList<>();
            String last = say(one, accepted, "before");
            bob.awaitText(last);

            servers.stopMasterOf(watching.link().keys().of("stream", one.lobby().name()));
            for (int i = 0; i < 50; i++) {
                last = say(i % 2 == 0 ? one : two, accepted, "meanwhile " + i);
            }

            for (ChatPeer member : List.of(ann, bob)) {
                member.awaitText(last);
                List<String> heard = member.texts();
                assertTrue(heard.containsAll(accepted), heard::toString);
                assertEquals(heard.stream().distinct().toList(), heard);
                assertEquals(LongStream.rangeClosed(1, heard.size()).boxed().toList(), member.offsets());
            }
        }
    }

    @Test
    void whenTheSlotOfAGroupMovesWhileAllSpeakNothingAcceptedIsLostOrDoubled() throws Exception {
        try (var servers = ClusterServers.start();
                ChatNode one = ChatNode.on(inCluster(servers));
                ChatNode two = ChatNode.on(inCluster(servers))) {
            byte[] stream = new Keys("cluster", 0).of("stream", one.lobby().name());
            ChatPeer ann = one.enter("ann");
            ChatPeer bob = two.enter("bob");
            Queue<String> accepted = new ConcurrentLinkedQueue<>();
            var over = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<?>> speaking = Stream.of(one, two)
                    .<Future<?>>map(node -> threads.submit(() -> {
                        for (int i = 0; !over.get(); i++) {
                            say(node, accepted, node.broker().hashCode() + ":" + i);
                        }
                    }))
                    .toList();
            try {
                bob.awaitTexts(100);
                servers.moveSlotOf(stream, () -> {
                    for (int i = 0; i < 100; i++) {
                        one.box().group("room:elsewhere").broadcast(new ChatNode.Said("not refused"), SAVED);
                    }
                });
                bob.awaitTexts(bob.texts().size() + 100);
            } finally {
                over.set(true);
                threads.shutdown();
            }
            for (Future<?> done : speaking) {
                done.get(60, TimeUnit.SECONDS);
            }
            String last = say(one, accepted, "the end");

            for (ChatPeer member : List.of(ann, bob)) {
                member.awaitText(last);
                List<String> heard = member.texts();
                assertTrue(heard.containsAll(accepted), heard::toString);
                assertEquals(heard.stream().distinct().toList(), heard);
                assertEquals(LongStream.rangeClosed(1, heard.size()).boxed().toList(), member.offsets());
                assertEquals(0, member.count("lost"));
            }
        }
    }

    private static RedisChat.Builder inCluster(ClusterServers servers) {
        String[] uris =
                servers.uris().stream().map(uri -> uri.toURI().toString()).toArray(String[]::new);
        return RedisChat.builder(uris)
                .cluster(true)
                .prefix("cluster")
                .commandTimeout(Duration.ofSeconds(1))
                .probeEvery(PROBE);
    }

    /** Says it until it is accepted, each time as something new: nobody knows what became of what was refused. */
    private static String say(ChatNode node, Collection<String> accepted, String text) {
        String said = Said.eventually(new Attempts(node, text)::next);
        accepted.add(said);
        return said;
    }

    private static final class Attempts {

        private final ChatNode node;
        private final String text;
        private int failures;

        Attempts(ChatNode node, String text) {
            this.node = node;
            this.text = text;
        }

        String next() {
            String now = failures == 0 ? text : text + " again " + failures;
            try {
                node.say(now);
                return now;
            } catch (StoreException e) {
                failures++;
                throw e;
            }
        }
    }
}

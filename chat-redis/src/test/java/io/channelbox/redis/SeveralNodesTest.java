package io.channelbox.redis;

import static io.channelbox.redis.ChatNode.LOBBY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.limit.Limits;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What members read and what users may do, on boxes that are one chat over a Redis that is well. */
@Timeout(120)
class SeveralNodesTest {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final UserId BOB = new UserId("bob");

    private final String prefix = SharedRedis.newPrefix();
    private final List<ChatNode> nodes = new ArrayList<>();

    private ChatNode node() {
        return node(ChatNode.on(SharedRedis.uri().toString(), prefix));
    }

    private ChatNode node(ChatNode node) {
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(ChatNode::close);
    }

    @Test
    void allReadOneOrderWithoutHolesWhileAllNodesSpeak() throws Exception {
        List<ChatNode> three = List.of(node(), node(), node());
        List<ChatPeer> members = new ArrayList<>();
        for (ChatNode node : three) {
            members.add(node.enter("ann"));
            members.add(node.enter("bob"));
        }

        int each = 200;
        List<Callable<Void>> speakers = new ArrayList<>();
        for (int i = 0; i < 8 * three.size(); i++) {
            int speaker = i;
            speakers.add(() -> {
                for (int said = 0; said < each; said++) {
                    three.get(speaker % three.size()).say(speaker + ":" + said);
                }
                return null;
            });
        }
        together(speakers);

        int all = each * speakers.size();
        List<String> order = members.get(0).awaitTexts(all);
        assertEquals(all, order.stream().distinct().count());
        for (ChatPeer member : members) {
            assertEquals(order, member.awaitTexts(all));
            assertEquals(LongStream.rangeClosed(1, all).boxed().toList(), member.offsets());
        }
        for (int speaker = 0; speaker < speakers.size(); speaker++) {
            String own = speaker + ":";
            List<String> said =
                    order.stream().filter(text -> text.startsWith(own)).toList();
            assertEquals(
                    LongStream.range(0, each).mapToObj(number -> own + number).toList(), said);
        }
    }

    @Test
    void whoComesBackToAnotherNodeGetsWhatWasMissed() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer ann = one.enter("ann");
        ann.say("one");
        JsonNode first = ann.awaitText("one");
        JsonNode start = one.enter("eve").subscribe("room:elsewhere", "{\"last\":0}");
        assertTrue(start.path("position").isMissingNode());
        JsonNode position = one.connect("eve").subscribe(LOBBY, "{\"last\":0}").path("position");
        assertEquals(first.path("seq").asLong(), position.path("offset").asLong());
        ann.close();
        one.say("two");
        one.say("three");

        ChatPeer back = two.connect("ann");
        JsonNode answer = back.resume(LOBBY, position);
        two.say("four");

        assertTrue(answer.path("recovered").asBoolean(), answer::toString);
        assertEquals(List.of("two", "three", "four"), back.awaitTexts(3));
        assertEquals(List.of(2L, 3L, 4L), back.offsets());
    }

    @Test
    void whoJoinsANodeThatIsNewWhileOthersSpeakMissesNothing() throws Exception {
        ChatNode one = node();
        for (int i = 0; i < 20; i++) {
            one.say("before " + i);
        }
        ExecutorService speaker = Executors.newSingleThreadExecutor();
        try {
            Future<?> speaking = speaker.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    one.say("meanwhile " + i);
                }
            });
            ChatPeer late = node().connect("late");
            late.subscribe(LOBBY, "{\"last\":10}");
            speaking.get(60, TimeUnit.SECONDS);

            late.awaitText("meanwhile 499");
            List<Long> offsets = late.offsets();
            assertEquals(
                    LongStream.rangeClosed(offsets.get(0), 520).boxed().toList(), offsets);
            assertTrue(late.texts().size() >= 10);
        } finally {
            speaker.shutdown();
        }
    }

    @Test
    void whoIsDisconnectedIsSoOnAllNodesAndMayComeBack() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");

        one.box().disconnectUser(BOB, new CloseStatus(4000, "over"));

        Eventually.within(SOON, "bob is closed", bob::isClosed);
        assertEquals(4000, bob.awaitClosed());
        assertFalse(two.enter("bob").isClosed());
    }

    @Test
    void whoIsBannedIsShutOutOnAllNodesAlsoThoseThatComeLaterUntilTheBanEnds() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");

        one.box().ban(BOB, Duration.ofHours(1));

        Eventually.within(SOON, "bob is closed", bob::isClosed);
        assertEquals(4403, bob.awaitClosed());
        assertThrows(ChatNode.Refused.class, () -> two.enter("bob"));
        ChatNode three = node();
        Eventually.within(SOON, "it is known on a new node", () -> three.box().isBanned(BOB));

        three.box().unban(BOB);

        Eventually.within(SOON, "it has ended", () -> !one.box().isBanned(BOB)
                && !two.box().isBanned(BOB));
        two.enter("bob");
    }

    @Test
    void whoIsKickedOnOneNodeHearsNothingMoreOnAnother() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer ann = two.enter("ann");
        ChatPeer bob = two.enter("bob");

        one.lobby().kick(BOB);
        one.say("behind his back");

        ann.awaitText("behind his back");
        bob.await("unsubscribed");
        assertEquals(List.of(), bob.texts());
    }

    @Test
    void whatIsFrozenOrMutedOnOneNodeIsSoOnAll() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");

        one.lobby().freeze();
        assertEquals("error", bob.say("frozen").path("type").asText());
        one.lobby().unfreeze();
        bob.say("thawed");
        one.lobby().mute(BOB, Duration.ofMinutes(1));
        assertEquals("error", bob.say("muted").path("type").asText());
        one.lobby().unmute(BOB);
        bob.say("heard");

        assertEquals(List.of("thawed", "heard"), bob.awaitTexts(2));
    }

    @Test
    void aUserHasNeverMoreConnectionsOnAllNodesThanOneMayHave() throws Exception {
        Limits limits = Limits.NONE.withChannelsPerUser(5);
        List<ChatNode> two = List.of(limited(limits), limited(limits));
        for (int round = 0; round < 10; round++) {
            List<ChatPeer> let = java.util.Collections.synchronizedList(new ArrayList<>());
            List<Callable<Void>> comers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                ChatNode node = two.get(i % 2);
                comers.add(() -> {
                    try {
                        let.add(node.connect("bob"));
                    } catch (CloseException | ChatNode.Refused full) {
                        assertFalse(full.toString().isEmpty());
                    }
                    return null;
                });
            }
            together(comers);

            assertEquals(5, let.size(), "in round " + round);
            let.forEach(ChatPeer::close);
            Eventually.is(
                    "all have left",
                    () -> two.stream().allMatch(node -> node.box().channels().isEmpty()));
        }
    }

    private ChatNode limited(Limits limits) {
        return node(ChatNode.on(
                RedisChat.builder(SharedRedis.uri().toString()).prefix(prefix), box -> box.limits(limits)));
    }

    @Test
    void whoIsHereAndWhoIsWritingIsSeenOnAllNodes() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer ann = one.enter("ann");
        ChatPeer bob = two.enter("bob");
        Eventually.is("both are here", () -> one.here().equals(List.of("ann", "bob")));

        bob.tell(LOBBY, "typing", "{\"typing\":true}");

        assertEquals("bob", ann.await("typing").path("payload").path("user").asText());
        Eventually.is("both have come", () -> one.changes().contains("+bob"));
        ann.close();
        Eventually.is("ann has left", () -> two.here().equals(List.of("bob")));
        Eventually.is("it is told", () -> two.changes().contains("-ann"));
        assertEquals(1, two.changes().stream().filter("-ann"::equals).count());
        assertFalse(two.changes().contains("-bob"));
    }

    @Test
    void applicationsWithOtherPrefixesNeverMeet() {
        ChatNode one = node();
        ChatNode other = node(ChatNode.on(SharedRedis.uri().toString(), prefix + ":more"));
        ChatPeer ann = one.enter("ann");
        ChatPeer bob = other.enter("bob");

        one.box().ban(BOB, Duration.ofHours(1));
        one.lobby().freeze();
        one.say("here");
        other.say("there");

        assertEquals(List.of("here"), ann.awaitTexts(1));
        assertEquals(List.of("there"), bob.awaitTexts(1));
        assertEquals(List.of(1L), bob.offsets());
        assertFalse(bob.isClosed());
        assertEquals(List.of("bob"), other.here());
        other.enter("bob").say("still here");
        bob.awaitText("still here");
    }

    @Test
    void whatIsNotKeptIsHeardOnAllNodesToo() {
        ChatNode one = node();
        ChatPeer bob = node().enter("bob");

        one.lobby().broadcast(new ChatNode.Said("now only"), PublishOptions.DEFAULT.withoutHistory());

        assertEquals(List.of("now only"), bob.awaitTexts(1));
        assertEquals(List.of(0L), bob.offsets());
    }

    static void together(List<Callable<Void>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Void> done : threads.invokeAll(work, 100, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

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
import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.history.Retention;
import io.channelbox.limit.Limits;
import io.channelbox.message.MessageId;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
    private static final UserId ANN = new UserId("ann");
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
            assertEquals(LongStream.rangeClosed(offsets.get(0), 520).boxed().toList(), offsets);
            assertTrue(late.texts().size() >= 10);
        } finally {
            speaker.shutdown();
        }
    }

    @Test
    void whoIsDisconnectedIsSoOnAllNodesWithinASecondAndMayComeBack() {
        ChatNode one = node();
        ChatNode two = node();
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ChatPeer bob = two.enter("bob");
            long before = System.nanoTime();

            one.box().disconnectUser(BOB, new CloseStatus(4000, "over"));

            assertEquals(4000, bob.awaitClosed());
            times.add(Duration.ofNanos(System.nanoTime() - before));
        }

        Collections.sort(times);
        assertTrue(times.get(2).compareTo(SOON) < 0, times::toString);
        assertFalse(two.enter("bob").isClosed());
    }

    @Test
    void whoIsBannedIsShutOutOnAllNodesAlsoThoseThatComeLaterUntilTheBanEnds() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");

        one.box().ban(BOB, Duration.ofHours(1));

        Eventually.is("bob is closed", bob::isClosed);
        assertEquals(4403, bob.awaitClosed());
        assertThrows(ChatNode.Refused.class, () -> two.enter("bob"));
        ChatNode three = node();
        Eventually.is("it is known on a new node", () -> three.box().isBanned(BOB));

        three.box().unban(BOB);

        Eventually.is(
                "it has ended", () -> !one.box().isBanned(BOB) && !two.box().isBanned(BOB));
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
            List<ChatPeer> let = Collections.synchronizedList(new ArrayList<>());
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
        return node(
                ChatNode.on(RedisChat.builder(SharedRedis.uri().toString()).prefix(prefix), box -> box.limits(limits)));
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

    @Test
    void whatAnOlderReleaseSaysIsUnderstoodAndGarbageIsDroppedAndCounted() {
        ChatNode one = node();
        ChatPeer bob = one.enter("bob");
        try (RedisBackplane other = RedisBackplane.connect(LinkOptions.of(SharedRedis.uri(), prefix))) {
            RedisLink link = other.link();
            byte[] channel = Subscriptions.channelOf(link, one.lobby().name());
            other.publish(kept(one, OlderRelease.envelope("kept")));
            link.await("by hand", link.commands().publish(channel, OlderRelease.told("told")));
            other.publish(kept(one, Bytes.of("garbage")));
            link.await("by hand", link.commands().publish(channel, Bytes.of("garbage")));
            one.say("after");
        }

        assertEquals(List.of("kept", "told", "after"), bob.awaitTexts(3));
        assertEquals(List.of(1L, 0L, 3L), bob.offsets());
        assertEquals(2, one.broker().malformed());
        ChatPeer late = node().connect("late");
        late.subscribe(LOBBY, "{\"last\":10}");
        assertEquals(List.of("kept", "after"), late.awaitTexts(2));
    }

    private static Outgoing kept(ChatNode node, byte[] envelope) {
        return new Outgoing(
                node.lobby().name(),
                MessageId.at(Instant.now()),
                envelope,
                Optional.of(new Keep(Retention.DEFAULT, envelope.length)),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void whoIsAddedToAConversationHearsItOnAnotherNodeAndWhoIsRemovedHearsNothingMore() {
        ConversationStore store = new InMemoryConversationStore();
        ChatNode one = node();
        ChatNode two = node();
        Conversations here = conversations(one, store);
        conversations(two, store);
        Conversation lunch = here.createGroup(ANN, GroupDetails.named("Lunch"), List.of());
        ChatPeer bob = two.connect("bob");
        bob.subscribe("inbox:bob", "{}");

        here.add(ANN, lunch.id(), BOB);
        bob.await("conversation_added");
        bob.subscribe(LiveConversations.groupOf(lunch.id()).value(), "{}");
        here.send(ANN, lunch.id(), MessageDraft.text("welcome"));
        bob.await("message");
        here.remove(ANN, lunch.id(), BOB);
        here.send(ANN, lunch.id(), MessageDraft.text("behind his back"));

        bob.await("conversation_removed");
        bob.await("unsubscribed");
        assertFalse(bob.toString().contains("behind his back"), bob::toString);
    }

    private static Conversations conversations(ChatNode node, ConversationStore store) {
        LiveConversations live = LiveConversations.in(node.box(), store);
        Conversations conversations = Conversations.in(store).listener(live).build();
        node.speaking(live.addTo(Topics.in(ChatNode.STYLE), conversations).hub());
        return conversations;
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

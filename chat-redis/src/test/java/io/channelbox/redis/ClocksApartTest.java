package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.GroupSettings;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes whose clocks are twenty minutes apart: only the times that messages bear show it. */
@Timeout(120)
class ClocksApartTest {

    private static final Duration APART = Duration.ofMinutes(10);
    private static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);
    private static final UserId BOB = new UserId("bob");

    private final String prefix = SharedRedis.newPrefix();
    private final ChatNode slow = node(APART.negated());
    private final ChatNode fast = node(APART);
    private final List<ChatNode> both = List.of(slow, fast);

    private ChatNode node(Duration ahead) {
        return ChatNode.on(
                RedisChat.builder(SharedRedis.uri().toString()).prefix(prefix).nodeTimeout(NODE_TIMEOUT),
                box -> box.clock(InstantSource.offset(InstantSource.system(), ahead))
                        .groups(
                                "room",
                                GroupSettings.DEFAULT.retaining(Retention.DEFAULT.withAge(Duration.ofMinutes(1)))));
    }

    @AfterEach
    void close() {
        both.forEach(ChatNode::close);
    }

    @Test
    void aBanHoldsForItsTimeOnBoth() {
        slow.box().ban(BOB, Duration.ofMinutes(1));
        fast.box().ban(new UserId("eve"), Duration.ofMinutes(1));
        fast.box().ban(new UserId("joe"), Duration.ofMillis(200));

        for (ChatNode node : both) {
            Eventually.is(
                    "both are told",
                    () -> node.box().isBanned(BOB) && node.box().isBanned(new UserId("eve")));
            Eventually.is("it ends", () -> !node.box().isBanned(new UserId("joe")));
        }
    }

    @Test
    void aNodeThatComesLaterReadsWhatIsLeftOfABan() {
        slow.box().ban(BOB, Duration.ofMinutes(1));
        try (ChatNode later = node(APART)) {
            Eventually.is("it is known", () -> later.box().isBanned(BOB));
        }
    }

    @Test
    void aMuteAndSlowModeHoldForTheirTimeOnBoth() {
        ChatPeer bob = fast.enter("bob");
        ChatPeer eve = slow.enter("eve");

        slow.lobby().mute(BOB, Duration.ofMinutes(5));
        assertWait(Duration.ofMinutes(5), bob.say("muted"));
        slow.lobby().unmute(BOB);
        fast.lobby().slowMode(Duration.ofMinutes(3));
        eve.say("once");
        assertWait(Duration.ofMinutes(3), eve.say("twice"));
        bob.say("once too");
        assertWait(Duration.ofMinutes(3), bob.say("twice"));

        assertEquals(List.of("once", "once too"), bob.awaitTexts(2));
    }

    private static void assertWait(Duration most, JsonNode answer) {
        assertEquals("error", answer.path("type").asText(), answer::toString);
        long wait = answer.path("payload").path("retryAfterMillis").asLong();
        assertTrue(wait <= most.toMillis() && wait > most.toMillis() - 30_000, answer::toString);
    }

    @Test
    void whatIsKeptForAMinuteIsThereForAMinuteWhoeverSaysAndReadsIt() {
        ChatPeer bob = fast.enter("bob");
        slow.say("from the past");
        fast.say("from the future");
        bob.awaitTexts(2);

        for (ChatNode node : both) {
            HistoryPage page = node.lobby().history(HistoryQuery.latest(10));
            assertEquals(2, page.entries().size());
            ChatPeer late = node.connect("late");
            late.subscribe(ChatNode.LOBBY, "{\"last\":10}");
            assertEquals(List.of("from the past", "from the future"), late.awaitTexts(2));
        }
    }

    @Test
    void whatIsSaidAgainWithItsKeyIsKnownOnBoth() {
        PublishOptions once = PublishOptions.DEFAULT.savingHistory().withIdempotencyKey("once");

        assertFalse(slow.lobby().broadcast(new ChatNode.Said("hello"), once).isRepeated());
        assertTrue(fast.lobby().broadcast(new ChatNode.Said("hello"), once).isRepeated());
    }

    @Test
    void nobodyIsTakenForGone() {
        slow.enter("ann");
        fast.enter("bob");
        both.forEach(node -> Eventually.is("both are here", () -> node.here().equals(List.of("ann", "bob"))));

        Eventually.stays(
                NODE_TIMEOUT.multipliedBy(2),
                "nobody leaves",
                () -> both.stream()
                        .allMatch(node -> node.here().equals(List.of("ann", "bob"))
                                && node.changes().stream().noneMatch(change -> change.startsWith("-"))));
    }

    @Test
    void theUsersOfANodeThatEndsLeaveOnce() {
        slow.enter("ann");
        ChatPeer bob = fast.enter("bob");
        both.forEach(node -> Eventually.is("both are here", () -> node.here().equals(List.of("ann", "bob"))));
        Eventually.is("it is told", () -> slow.changes().contains("+bob"));

        bob.close();

        Eventually.is("he has left", () -> slow.here().equals(List.of("ann")));
        Eventually.is("it is told", () -> slow.changes().contains("-bob"));
        assertEquals(1, slow.changes().stream().filter("-bob"::equals).count());
    }
}

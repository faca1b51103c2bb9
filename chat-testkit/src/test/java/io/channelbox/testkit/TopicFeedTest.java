package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.consumer.Ack;
import io.channelbox.message.StreamPosition;
import io.channelbox.testkit.TopicClient.Delivered;
import io.channelbox.testkit.TopicClient.Lost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TopicFeedTest {

    private record Said(String type, Map<String, Object> payload, Optional<String> key, TopicFeed.Answer answer) {}

    private record Planned(Duration delay, Runnable task) {}

    /** Writes down what a feed says and plans; nothing comes to pass by itself. */
    private static final class Server implements TopicFeed.Speaker {

        final List<Said> said = new ArrayList<>();
        final Deque<Planned> planned = new ArrayDeque<>();
        double random;

        @Override
        public void say(String type, Map<String, Object> payload, Optional<String> key, TopicFeed.Answer answer) {
            said.add(new Said(type, payload, key, answer));
        }

        @Override
        public void later(Duration delay, Runnable task) {
            planned.add(new Planned(delay, task));
        }

        @Override
        public double random() {
            return random;
        }

        List<Said> of(String type) {
            return said.stream().filter(each -> each.type().equals(type)).toList();
        }

        void answer(String type, String answer, Map<String, Object> payload) {
            List<Said> asked = of(type);
            asked.get(asked.size() - 1).answer().take(answer, payload);
        }
    }

    private final Server server = new Server();
    private final TopicFeed feed = new TopicFeed("room:1", Optional.empty(), server);

    private static Map<String, Object> at(String epoch, long offset) {
        return Map.of("epoch", epoch, "offset", offset);
    }

    private void subscribed(Map<String, Object> payload) {
        server.answer("subscribe", "subscribed", payload);
    }

    private void returned() {
        feed.down(false);
        feed.connected();
    }

    private void hears(String type, Map<String, Object> payload) {
        feed.heard(type, payload, false, OptionalLong.empty());
    }

    private void hearsKept(long seq) {
        feed.heard("said", Map.of(), false, OptionalLong.of(seq));
    }

    private List<Long> offsets() {
        return feed.delivered.stream()
                .map(Delivered::seq)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList();
    }

    @Test
    void aTopicThatWasEmptyIsHeardFromItsBeginning() {
        feed.connected();
        assertEquals(Map.of("last", 0), server.of("subscribe").get(0).payload());
        subscribed(Map.of());

        returned();
        assertEquals(
                Map.of("last", 0, "position", at("", 0)),
                server.of("subscribe").get(1).payload());
        subscribed(Map.of("position", at("e", 0), "recovered", true));
        hearsKept(1);
        hearsKept(2);

        assertEquals(List.of(1L, 2L), offsets());
        assertEquals(List.of(), feed.lost);
        assertEquals(List.of(), feed.faults);
    }

    @Test
    void aTopicThatIsStillEmptyHasLostNothing() {
        feed.connected();
        subscribed(Map.of());
        returned();
        subscribed(Map.of());
        returned();
        subscribed(Map.of("position", at("e", 0), "recovered", false));

        assertEquals(List.of(), feed.lost);
        assertEquals(Optional.of(new StreamPosition("e", 0)), feed.position());
    }

    @Test
    void aTopicWhoseBeginningIsGoneSaysSo() {
        feed.connected();
        subscribed(Map.of());
        returned();
        subscribed(Map.of("position", at("e", 5), "recovered", false));

        assertEquals(
                List.of(new Lost(
                        Optional.of(new StreamPosition("", 0)), Optional.of(new StreamPosition("e", 5)), "unknown")),
                feed.lost);
    }

    @Test
    void aTopicOfWhichNothingIsKnownAnyMoreGoesOnAtItsBeginning() {
        feed.connected();
        subscribed(Map.of("position", at("e", 3)));
        hears("lost", Map.of("from", at("e", 3), "cause", "epoch"));

        returned();

        assertEquals(
                Map.of("last", 0, "position", at("", 0)),
                server.of("subscribe").get(1).payload());
    }

    @Test
    void aServerThatBreaksOffIsAskedAgainForTheRest() {
        feed.connected();
        subscribed(Map.of("position", at("e", 0)));
        CompletableFuture<Ack> said = feed.publish("say", Map.of(), "k1");
        hearsKept(1);

        hears("error", Map.of("reason", "unavailable", "retryAfterMillis", 700));
        hears("typing", Map.of("user", "ann", "typing", true));
        hears("unsubscribed", Map.of());
        assertEquals(TopicFeed.State.WAITING, feed.state());
        Planned next = server.planned.remove();
        assertEquals(Duration.ofMillis(700), next.delay());
        next.task().run();
        assertEquals(
                Map.of("last", 0, "position", at("e", 1)),
                server.of("subscribe").get(1).payload());
        subscribed(Map.of("position", at("e", 1), "recovered", true));

        assertEquals(
                List.of(Optional.of("k1"), Optional.of("k1")),
                server.of("say").stream().map(Said::key).toList());
        server.answer("say", "ack", Map.of("position", at("e", 2)));
        assertTrue(said.isDone() && !said.isCompletedExceptionally());
    }

    @Test
    void whatWasPlannedBeforeAConnectionBrokeIsNotDone() {
        feed.connected();
        server.answer("subscribe", "error", Map.of("reason", "unavailable"));

        feed.down(false);
        server.planned.remove().task().run();

        assertEquals(1, server.of("subscribe").size());
    }

    @Test
    void anyOtherEndIsFinal() {
        feed.connected();
        subscribed(Map.of("position", at("e", 0)));
        CompletableFuture<Ack> said = feed.publish("say", Map.of(), "k1");

        hears("error", Map.of("reason", "unavailable"));
        hearsKept(1);
        hears("unsubscribed", Map.of());

        assertEquals(TopicFeed.State.ENDED, feed.state());
        assertTrue(said.isCompletedExceptionally());
    }

    @Test
    void waitsAreSpread() {
        server.random = 0.5;
        feed.connected();
        subscribed(Map.of());
        CompletableFuture<Ack> said = feed.publish("say", Map.of(), "k1");

        server.answer("say", "error", Map.of("reason", "rate_limited", "retryAfterMillis", 100));

        assertFalse(said.isDone());
        assertEquals(Duration.ofMillis(150), server.planned.remove().delay());
    }

    @Test
    void membersAreAskedForAgainWhereTheQuestionWasRefused() {
        feed.connected();
        subscribed(Map.of());
        hears("presence_state", Map.of("version", 7, "members", List.of(Map.of("id", "ann"))));

        hears("presence_diff", Map.of("version", 9));
        server.answer("presence", "error", Map.of("reason", "rate_limited"));
        hears("presence_diff", Map.of("version", 10));
        hears("presence_diff", Map.of("version", 11));
        assertEquals(2, server.of("presence").size());
        server.answer("presence", "presence_state", Map.of("version", 11, "members", List.of(Map.of("id", "bob"))));

        assertEquals(List.of("bob"), List.copyOf(feed.roster.members().keySet()));
    }
}

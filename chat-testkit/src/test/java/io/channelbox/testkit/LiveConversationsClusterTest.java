package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Topics;
import io.channelbox.consumer.Unsubscribed;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.realtime.ConversationWord;
import io.channelbox.conversation.realtime.InboxWord;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is added to a conversation or removed from it on one node, and is connected to another. */
class LiveConversationsClusterTest {

    private static final String PATH = "/ws/topics";
    private static final JsonStyle STYLE = JsonStyle.DEFAULT.payloadIn("payload");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    @AutoClose
    private final TestCluster cluster = TestCluster.with(
            2, broker -> broker, box -> box.historyCodec(Topics.in(STYLE).codec()));

    private final ConversationStore store = new InMemoryConversationStore();
    private final List<Conversations> onNodes = new ArrayList<>();

    @BeforeEach
    void mount() {
        for (int i = 0; i < 2; i++) {
            LiveConversations live = LiveConversations.in(cluster.node(i).box(), store);
            Conversations conversations = Conversations.in(store).listener(live).build();
            onNodes.add(conversations);
            cluster.node(i)
                    .mount(PATH, live.addTo(Topics.in(STYLE), conversations).hub());
        }
    }

    private Conversation lunch(UserId... others) {
        return onNodes.get(0).createGroup(ANN, GroupDetails.named("Lunch"), List.of(others));
    }

    private void say(Conversation conversation, String text) {
        onNodes.get(0).send(ANN, conversation.id(), MessageDraft.text(text));
    }

    private static String topicOf(Conversation conversation) {
        return LiveConversations.groupOf(conversation.id()).value();
    }

    private static List<String> said(TestTopic topic) {
        return topic.receiveAll(ConversationWord.class).stream()
                .filter(ConversationWord.Said.class::isInstance)
                .map(word -> ((ConversationWord.Said) word).message().content())
                .toList();
    }

    @Test
    void whoIsAddedOnAnotherNodeLearnsOfItAndHearsWhatIsSaid() {
        Conversation lunch = lunch();
        TestClient bob = cluster.node(1).user("bob").connect(PATH);
        TestTopic inbox = bob.subscribe("inbox:bob");

        onNodes.get(0).add(ANN, lunch.id(), BOB);
        cluster.settle();
        assertEquals(
                lunch.id().value(),
                inbox.receive(InboxWord.Added.class).conversation().id());
        TestTopic topic = bob.subscribe(topicOf(lunch));
        say(lunch, "welcome");
        cluster.settle();

        assertEquals(List.of("welcome"), said(topic));
    }

    @Test
    void whoIsRemovedOnAnotherNodeHearsNothingThatIsSaidLater() {
        Conversation lunch = lunch(BOB);
        TestTopic topic = cluster.node(1).user("bob").connect(PATH).subscribe(topicOf(lunch));

        onNodes.get(0).remove(ANN, lunch.id(), BOB);
        say(lunch, "behind his back");
        cluster.settle();

        topic.receive(Unsubscribed.class);
        topic.assertSilent();
    }

    @Test
    void whoIsRemovedWhileTheirNodeIsCutOffHearsNothingWhenItIsBack() {
        Conversation lunch = lunch(BOB, new UserId("cid"));
        TestClient bob = cluster.node(1).user("bob").connect(PATH);
        bob.subscribe(topicOf(lunch));
        TestTopic cids = cluster.node(1).user("cid").connect(PATH).subscribe(topicOf(lunch));
        cluster.link(1).cutOff();
        cluster.advance(Duration.ofSeconds(1));

        onNodes.get(0).remove(ANN, lunch.id(), BOB);
        cluster.link(1).reconnect();
        cluster.advance(Duration.ofSeconds(3));
        say(lunch, "behind his back");
        cluster.settle();

        assertEquals(List.of("behind his back"), said(cids));
        assertNotHeardBy(bob);
    }

    @Test
    void whoIsRemovedByANodeThatIsCutOffHearsNothingWhenItIsBack() {
        Conversation lunch = lunch(BOB);
        TestClient bob = cluster.node(1).user("bob").connect(PATH);
        bob.subscribe(topicOf(lunch));
        cluster.link(0).cutOff();
        cluster.advance(Duration.ofSeconds(1));

        onNodes.get(0).remove(ANN, lunch.id(), BOB);
        cluster.link(0).reconnect();
        cluster.advance(Duration.ofSeconds(3));
        say(lunch, "behind his back");
        cluster.settle();

        assertNotHeardBy(bob);
    }

    private static void assertNotHeardBy(TestClient bob) {
        List<String> heard = bob.receiveAll();
        assertTrue(heard.get(heard.size() - 1).contains("unsubscribed"), heard::toString);
        assertFalse(heard.toString().contains("behind his back"), heard::toString);
    }
}

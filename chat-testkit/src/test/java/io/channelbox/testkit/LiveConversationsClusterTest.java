package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Channel;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topics;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.consumer.Unsubscribed;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.ModerationChange;
import io.channelbox.conversation.Role;
import io.channelbox.conversation.realtime.ConversationWord;
import io.channelbox.conversation.realtime.InboxWord;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final Set<UserId> staff = new HashSet<>();
    private final List<LiveConversations> lives = new ArrayList<>();
    private final List<Conversations> onNodes = new ArrayList<>();

    @BeforeEach
    void mount() {
        for (int i = 0; i < 2; i++) {
            LiveConversations live =
                    LiveConversations.in(cluster.node(i).box(), store).alsoFor((id, user) -> staff.contains(user));
            Conversations conversations = Conversations.in(store)
                    .listener(live)
                    .moderators(staff::contains)
                    .build();
            lives.add(live);
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

    /** Long enough for the node to notice. */
    private void cutOff(int node) {
        cluster.link(node).cutOff();
        cluster.advance(Duration.ofSeconds(1));
    }

    /** Long enough for what was missed to be made up for. */
    private void bringBack(int node) {
        cluster.link(node).reconnect();
        cluster.advance(Duration.ofSeconds(3));
    }

    /** Returns a client of this user on the other node than the one that {@link #say} speaks on. */
    private TestClient elsewhere(String user) {
        return cluster.node(1).user(user).connect(PATH);
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
        TestClient bob = elsewhere("bob");
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
        TestTopic topic = elsewhere("bob").subscribe(topicOf(lunch));

        onNodes.get(0).remove(ANN, lunch.id(), BOB);
        say(lunch, "behind his back");
        cluster.settle();

        topic.receive(Unsubscribed.class);
        topic.assertSilent();
    }

    @Test
    void whoIsRemovedWhileTheirNodeIsCutOffHearsNothingWhenItIsBack() {
        Conversation lunch = lunch(BOB, new UserId("cid"));
        TestClient bob = elsewhere("bob");
        bob.subscribe(topicOf(lunch));
        TestTopic cids = elsewhere("cid").subscribe(topicOf(lunch));
        cutOff(1);

        onNodes.get(0).remove(ANN, lunch.id(), BOB);
        bringBack(1);
        say(lunch, "behind his back");
        cluster.settle();

        assertEquals(List.of("behind his back"), said(cids));
        assertNotHeardBy(bob);
    }

    @Test
    void whoIsRemovedByANodeThatIsCutOffHearsNothingWhenItIsBack() {
        Conversation lunch = lunch(BOB);
        TestClient bob = elsewhere("bob");
        bob.subscribe(topicOf(lunch));
        cutOff(0);

        onNodes.get(0).remove(ANN, lunch.id(), BOB);
        bringBack(0);
        say(lunch, "behind his back");
        cluster.settle();

        assertNotHeardBy(bob);
    }

    @Test
    void whoMayListenWithoutBeingInItStillHearsWhenTheirNodeIsBack() {
        Conversation lunch = lunch();
        staff.add(BOB);
        cluster.node(1).mount("/ws/watch", () -> new Watcher(lunch.id()));
        TestClient bob = cluster.node(1).user("bob").connect("/ws/watch");
        TestClient eve = cluster.node(1).user("eve").connect("/ws/watch");

        cutOff(1);
        bringBack(1);
        say(lunch, "still here?");
        cluster.settle();

        assertTrue(bob.receiveAll().toString().contains("still here?"));
        assertFalse(eve.receiveAll().toString().contains("still here?"));
    }

    @Test
    void whoIsNoAdminAnyMoreWhileTheirNodeIsCutOffHearsNothingOfModerationWhenItIsBack() {
        Conversation lunch = lunch(BOB);
        onNodes.get(0).appoint(ANN, lunch.id(), BOB, Role.ADMIN);
        TestTopic bobs = elsewhere("bob").subscribe("moderation:" + lunch.id());
        cutOff(1);

        onNodes.get(0).appoint(ANN, lunch.id(), BOB, Role.MEMBER);
        bringBack(1);
        onNodes.get(0).moderate(ANN, lunch.id(), "", ModerationChange::freeze);
        cluster.settle();

        bobs.receive(Unsubscribed.class);
        bobs.assertSilent();
    }

    @Test
    void whoIsMadeAMemberByANodeThatIsCutOffHearsNothingOfModerationWhenItIsBack() {
        Conversation lunch = lunch(BOB);
        onNodes.get(0).appoint(ANN, lunch.id(), BOB, Role.ADMIN);
        TestTopic bobs = elsewhere("bob").subscribe("moderation:" + lunch.id());
        cutOff(0);

        onNodes.get(0).appoint(ANN, lunch.id(), BOB, Role.MEMBER);
        bringBack(0);
        onNodes.get(0).moderate(ANN, lunch.id(), "", ModerationChange::freeze);
        cluster.settle();

        bobs.receive(Unsubscribed.class);
        bobs.assertSilent();
    }

    @Test
    void whoModeratesNoMoreHearsNothingOfItOnAnyNode() {
        staff.add(BOB);
        TestTopic bobs = elsewhere("bob").subscribe("moderation");
        Conversation lunch = lunch();

        staff.remove(BOB);
        lives.get(0).moderatesNoMore(BOB);
        onNodes.get(0).moderate(ANN, lunch.id(), "", ModerationChange::freeze);
        cluster.settle();

        bobs.receive(Unsubscribed.class);
        bobs.assertSilent();
    }

    @Test
    void whoModeratesNoMoreWhileTheirNodeIsCutOffHearsNothingOfItWhenItIsBack() {
        staff.add(BOB);
        TestTopic bobs = elsewhere("bob").subscribe("moderation");
        Conversation lunch = lunch();

        staff.remove(BOB);
        cutOff(1);
        bringBack(1);
        onNodes.get(0).moderate(ANN, lunch.id(), "", ModerationChange::freeze);
        cluster.settle();

        bobs.receive(Unsubscribed.class);
        bobs.assertSilent();
    }

    /** Listens to a conversation, whoever it is. */
    private static final class Watcher extends TypedConsumer<Watcher.Nothing> {

        @TypeName("nothing")
        record Nothing() {}

        private final ConversationId id;

        Watcher(ConversationId id) {
            this.id = id;
        }

        @Override
        protected Codec<Nothing> codec() {
            return TypedJsonCodec.of(Nothing.class, STYLE);
        }

        @Override
        protected void handlers(Handlers<Nothing> on) {
            on.on(Nothing.class, nothing -> {}).sends(ConversationWord.class);
        }

        @Override
        protected void onConnect(Channel me) {
            group(LiveConversations.groupOf(id)).join(me);
        }
    }

    @Test
    void whatIsSaidWhileTheNodeIsCutOffIsToldAfterwardsOnceAndInOrder() {
        Conversation lunch = lunch(BOB);
        TestClient bob = elsewhere("bob");
        TestTopic topic = bob.subscribe(topicOf(lunch));
        TestTopic inbox = bob.subscribe("inbox:bob");
        cutOff(0);

        say(lunch, "one");
        say(lunch, "two");
        cluster.advance(Duration.ofSeconds(10));
        topic.assertSilent();
        cluster.link(0).reconnect();
        say(lunch, "three");
        cluster.advance(Duration.ofSeconds(3));
        say(lunch, "four");
        cluster.settle();

        assertEquals(List.of("one", "two", "three", "four"), said(topic));
        assertEquals(List.of("one", "two", "three", "four"), activity(inbox));
    }

    @Test
    void whatIsSaidWhileNothingIsAnsweredIsToldAfterwardsOnceAndInOrder() {
        Conversation lunch = lunch(BOB);
        TestTopic topic = elsewhere("bob").subscribe(topicOf(lunch));
        cluster.link(0).blackOut();

        say(lunch, "one");
        cluster.advance(Duration.ofSeconds(30));
        say(lunch, "two");
        cluster.link(0).reconnect();
        cluster.advance(Duration.ofSeconds(30));
        say(lunch, "three");
        cluster.settle();

        assertEquals(List.of("one", "two", "three"), said(topic));
    }

    @Test
    void whatWasTakenAndNotAnsweredIsToldOnce() {
        Conversation lunch = lunch(BOB);
        TestClient bob = elsewhere("bob");
        TestTopic topic = bob.subscribe(topicOf(lunch));
        TestTopic inbox = bob.subscribe("inbox:bob");

        cluster.link(0).loseNextAnswers(3); // of what is told in the conversation, and to both of its people
        say(lunch, "one");
        say(lunch, "two");
        cluster.advance(Duration.ofSeconds(3));

        assertEquals(List.of("one", "two"), said(topic));
        assertEquals(List.of("one", "two"), activity(inbox));
    }

    @Test
    void whoSubscribesAfterwardsReadsWhatWasSaidWhileTheNodeWasCutOffInItsPlace() {
        Conversation lunch = lunch(BOB);
        TestClient bob = elsewhere("bob");
        TestTopic topic = bob.subscribe(topicOf(lunch));
        say(lunch, "before");
        cluster.settle();
        assertEquals(List.of("before"), said(topic));
        StreamPosition heard = topic.position();
        cutOff(0);

        say(lunch, "meanwhile");
        bob.breakOff();
        bringBack(0);
        TestTopic again = elsewhere("bob").subscribe(topicOf(lunch), heard);

        again.assertRecovered();
        assertEquals(List.of("meanwhile"), said(again));
    }

    @Test
    void whatIsEditedWhileTheNodeIsCutOffIsToldBehindWhatWasSaid() {
        Conversation lunch = lunch(BOB);
        TestTopic topic = elsewhere("bob").subscribe(topicOf(lunch));
        cutOff(0);

        ChatMessage message = onNodes.get(0).send(ANN, lunch.id(), MessageDraft.text("soop"));
        onNodes.get(0).edit(ANN, message.id(), "soup");
        bringBack(0);

        assertEquals(
                "soop", topic.receive(ConversationWord.Said.class).message().content());
        assertEquals(
                "soup", topic.receive(ConversationWord.Edited.class).message().content());
    }

    @Test
    void whenMoreWaitsThanMayTheConversationOfTheOldestIsToldThatItMissedSomethingAndGoesOn() {
        Conversation lunch = lunch(BOB);
        TestClient bob = elsewhere("bob");
        TestTopic topic = bob.subscribe(topicOf(lunch));
        TestTopic inbox = bob.subscribe("inbox:bob");
        ChatMessage secret = onNodes.get(0).send(ANN, lunch.id(), MessageDraft.text("secret"));
        cluster.settle();
        topic.receive(ConversationWord.Said.class);
        cutOff(0);
        onNodes.get(0).delete(ANN, secret.id());

        for (int i = 0; i < 3_500; i++) { // each is told in the conversation, and to both of its people
            say(lunch, "lost");
        }
        bringBack(0);
        say(lunch, "afterwards");
        cluster.settle();

        topic.receive(ConversationWord.Missed.class);
        List<String> told = said(topic);
        assertTrue(told.size() < 3_500, () -> told.size() + " were told");
        assertEquals("afterwards", told.get(told.size() - 1));
        assertEquals(3_502, activity(inbox).size());
        TestTopic another = elsewhere("bob").subscribe(topicOf(lunch), 200);
        assertFalse(said(another).contains("secret"));
    }

    @Test
    void thatSomebodyTypesWhileTheNodeIsCutOffIsNotToldAfterwards() {
        Conversation lunch = lunch(BOB);
        for (int i = 0; i < 2; i++) {
            Topics topics = lives.get(i).addTo(Topics.in(STYLE), onNodes.get(i));
            Presence presence = Presence.in(cluster.node(i).box()).build();
            cluster.node(i).mount("/ws/typing", topics.presence(presence).hub());
        }
        TestTopic ann = cluster.node(0).user("ann").connect("/ws/typing").subscribe(topicOf(lunch));
        TestTopic bob = cluster.node(1).user("bob").connect("/ws/typing").subscribe(topicOf(lunch));
        cutOff(0);

        ann.presence().type(true);
        say(lunch, "done");
        cluster.link(0).reconnect();
        cluster.advance(Duration.ofSeconds(2));

        assertEquals(List.of(), bob.presence().typers());
        assertEquals(List.of("done"), said(bob));
    }

    private static List<String> activity(TestTopic inbox) {
        return inbox.receiveAll(InboxWord.class).stream()
                .filter(InboxWord.Activity.class::isInstance)
                .map(word -> ((InboxWord.Activity) word).message().content())
                .toList();
    }

    private static void assertNotHeardBy(TestClient bob) {
        List<String> heard = bob.receiveAll();
        assertTrue(heard.get(heard.size() - 1).contains("unsubscribed"), heard::toString);
        assertFalse(heard.toString().contains("behind his back"), heard::toString);
    }
}

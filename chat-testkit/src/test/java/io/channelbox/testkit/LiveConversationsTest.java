package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.consumer.Unsubscribed;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.realtime.ConversationRequest;
import io.channelbox.conversation.realtime.ConversationWord;
import io.channelbox.conversation.realtime.InboxRequest;
import io.channelbox.conversation.realtime.InboxWord;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveConversationsTest {

    private static final String PATH = "/ws/topics";
    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.payloadIn("payload").naming(Naming.SNAKE_CASE);
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CID = new UserId("cid");

    @AutoClose
    private final TestChat chat =
            TestChat.with(box -> box.historyCodec(Topics.in(STYLE).codec()));

    private final ConversationStore store = new InMemoryConversationStore();
    private final LiveConversations live = LiveConversations.in(chat.box(), store);
    private final Conversations conversations =
            Conversations.in(store).listener(live).clock(chat.clock()).build();

    @BeforeEach
    void mount() {
        Topics topics = live.addTo(Topics.in(STYLE), conversations);
        chat.mount(PATH, topics.hub());
    }

    @Test
    void whatIsSaidIsHeardOnAllDevicesOfEverybodyInTheConversation() {
        Conversation lunch = group();
        TestTopic annsPhone = subscribe("ann", lunch);
        TestTopic annsDesk = subscribe("ann", lunch);
        TestTopic bobs = subscribe("bob", lunch);

        conversations.send(BOB, lunch.id(), MessageDraft.text("noon?"));

        for (TestTopic each : List.of(annsPhone, annsDesk, bobs)) {
            ConversationWord.Said said = each.receive(ConversationWord.Said.class);
            assertEquals("noon?", said.message().content());
            assertEquals("bob", said.message().userId());
            assertEquals(1, said.message().sequence());
        }
    }

    @Test
    void aClientSpeaksOverItsTopicOnceForEachClientId() {
        Conversation lunch = group();
        TestTopic anns = subscribe("ann", lunch);
        var request = new ConversationRequest.Send("noon?", Optional.empty(), Optional.of("c1"));

        long first = anns.ask(request, ConversationRequest.Sent.class).message().id();
        long second =
                anns.ask(request, ConversationRequest.Sent.class).message().id();

        assertEquals(first, second);
        assertEquals(1, anns.receiveAll(ConversationWord.Said.class).size());
    }

    @Test
    void whoComesBackHearsWhatWasSaidMeanwhile() {
        Conversation lunch = group();
        TestClient phone = chat.user("ann").connect(PATH);
        TestTopic before = phone.subscribe(topicOf(lunch));
        conversations.send(BOB, lunch.id(), MessageDraft.text("one"));
        before.receive(ConversationWord.Said.class);
        StreamPosition where = before.position();
        phone.breakOff();
        conversations.send(BOB, lunch.id(), MessageDraft.text("two"));

        TestTopic after = chat.user("ann").connect(PATH).subscribe(topicOf(lunch), where);

        after.assertRecovered();
        assertEquals("two", after.receive(ConversationWord.Said.class).message().content());
    }

    @Test
    void nobodyElseHearsAnything() {
        Conversation lunch = group();
        TestClient cid = chat.user("cid").connect(PATH);

        cid.assertCannotSubscribe(topicOf(lunch), TopicError.UNAUTHORIZED);
        cid.assertCannotSubscribe("conversation:999", TopicError.UNAUTHORIZED);
        cid.assertCannotSubscribe("conversation:lunch", TopicError.UNAUTHORIZED);
        cid.assertCannotSubscribe("inbox:ann", TopicError.UNAUTHORIZED);
    }

    @Test
    void whoIsRemovedHearsNoMoreAtOnceAndWhoIsAddedLearnsOfIt() {
        Conversation lunch = group();
        TestTopic bobs = subscribe("bob", lunch);
        TestTopic bobsInbox = chat.user("bob").connect(PATH).subscribe("inbox:bob");
        TestTopic cidsInbox = chat.user("cid").connect(PATH).subscribe("inbox:cid");

        conversations.remove(ANN, lunch.id(), BOB);
        conversations.add(ANN, lunch.id(), CID);
        conversations.send(ANN, lunch.id(), MessageDraft.text("only for cid"));

        bobs.receive(Unsubscribed.class);
        bobs.assertSilent();
        assertEquals(
                lunch.id().value(), bobsInbox.receive(InboxWord.Removed.class).conversationId());
        bobsInbox.assertSilent();
        assertEquals(
                "Lunch",
                cidsInbox.receive(InboxWord.Added.class).conversation().name().orElseThrow());
        assertEquals(
                "only for cid",
                cidsInbox.receive(InboxWord.Activity.class).message().content());
        assertThrows(NotAllowedException.class, () -> conversations.participant(BOB, lunch.id()));
    }

    @Test
    void anInboxTellsOfNewConversationsAndWhatHappensInThemAndWhatIsReadElsewhere() {
        TestTopic inbox = chat.user("ann").connect(PATH).subscribe("inbox:ann");

        Conversation lunch = group();
        ChatMessage said = conversations.send(BOB, lunch.id(), MessageDraft.text("noon?"));
        inbox.send(new InboxRequest.ReadAll(lunch.id().value()));

        assertEquals(
                lunch.id().value(),
                inbox.receive(InboxWord.Added.class).conversation().id());
        assertEquals(
                said.id().value(),
                inbox.receive(InboxWord.Activity.class).message().id());
        assertEquals(1, inbox.receive(InboxWord.Read.class).sequence());
        assertEquals(0, conversations.unread(ANN, lunch.id()));
    }

    @Test
    void anInboxTellsWhatIsNotUnreadOrReadsOtherwiseNowWithoutItsConversation() {
        Conversation lunch = group();
        ChatMessage noon = conversations.send(ANN, lunch.id(), MessageDraft.text("noon"));
        ChatMessage secret = conversations.send(ANN, lunch.id(), MessageDraft.text("secret"));
        TestTopic bobsInbox = chat.user("bob").connect(PATH).subscribe("inbox:bob");
        long id = lunch.id().value();

        conversations.edit(ANN, noon.id(), "one");
        conversations.delete(ANN, secret.id());

        InboxWord.Edited edited = bobsInbox.receive(InboxWord.Edited.class);
        assertEquals("one", edited.message().content());
        assertEquals(new InboxWord.Deleted(id, secret.id().value(), 2), bobsInbox.receive(InboxWord.Deleted.class));
        conversations.personalData().erase(ANN);
        assertEquals(new InboxWord.MessagesRemoved(id), bobsInbox.receive(InboxWord.MessagesRemoved.class));
    }

    @Test
    void whatIsDoneWithMessagesIsHeard() {
        Conversation lunch = group();
        TestTopic bobs = subscribe("bob", lunch);
        ChatMessage said = conversations.send(ANN, lunch.id(), MessageDraft.text("non?"));
        long id = said.id().value();
        bobs.receive(ConversationWord.Said.class);

        conversations.edit(ANN, said.id(), "noon?");
        bobs.send(new ConversationRequest.React(id, "+1"));
        bobs.send(new ConversationRequest.Unreact(id, "+1"));
        conversations.delete(ANN, said.id());

        assertEquals(
                "noon?", bobs.receive(ConversationWord.Edited.class).message().content());
        assertTrue(bobs.receive(ConversationWord.Reacted.class).isAdded());
        assertEquals("bob", bobs.receive(ConversationWord.Reacted.class).userId());
        assertEquals(id, bobs.receive(ConversationWord.Deleted.class).messageId());
    }

    @Test
    void whatTheBoxKeepsOfAConversationNamesNobodyWhoWasErased() {
        Conversation lunch = group();
        conversations.send(ANN, lunch.id(), MessageDraft.text("noon?"));
        conversations.read(BOB, lunch.id());

        conversations.personalData().erase(BOB);

        List<String> kept =
                chat
                        .box()
                        .group(LiveConversations.groupOf(lunch.id()))
                        .history(HistoryQuery.latest(10))
                        .entries()
                        .stream()
                        .map(entry -> entry.message().kind())
                        .toList();
        assertEquals(List.of("messages_removed"), kept);
    }

    @Test
    void aRuleThatIsBrokenIsAnsweredWithItsCode() {
        Conversation lunch = group();
        TestTopic bobs = subscribe("bob", lunch);
        conversations.mute(ANN, lunch.id(), BOB);
        bobs.receive(ConversationWord.ParticipantChanged.class);

        var spoken = new ConversationRequest.Send("hear me", Optional.empty(), Optional.empty());

        assertEquals(Conversations.MUTED, bobs.ask(spoken, TopicError.class).reason());
    }

    private Conversation group() {
        return conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB));
    }

    private TestTopic subscribe(String user, Conversation conversation) {
        return chat.user(user).connect(PATH).subscribe(topicOf(conversation));
    }

    private static String topicOf(Conversation conversation) {
        return LiveConversations.groupOf(conversation.id()).value();
    }

    @Test
    void whatWasDeletedOrSaidOtherwiseIsToldToNobodyWhoComesLater() {
        Conversation lunch = group();
        TestTopic bobs = subscribe("bob", lunch);
        ChatMessage secret = conversations.send(ANN, lunch.id(), MessageDraft.text("TOP SECRET"));
        ChatMessage wrong = conversations.send(ANN, lunch.id(), MessageDraft.text("WRONG"));
        bobs.receiveAll(ConversationWord.Said.class);
        StreamPosition where = bobs.position();
        conversations.edit(ANN, wrong.id(), "right");
        conversations.delete(ANN, secret.id());

        TestTopic late = chat.user("bob").connect(PATH).subscribe(topicOf(lunch), where);

        late.assertLost("trimmed");
        assertEquals(0, late.receiveAll(ConversationWord.Said.class).size());
    }
}

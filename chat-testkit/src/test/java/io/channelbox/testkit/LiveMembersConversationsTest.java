package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.realtime.ConversationRequest;
import io.channelbox.conversation.realtime.ConversationWord;
import io.channelbox.conversation.realtime.InboxWord;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those who are connected hear of mentions, pins, invitations and what concerns themselves alone. */
class LiveMembersConversationsTest {

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
        chat.mount(PATH, live.addTo(Topics.in(STYLE), conversations).hub());
    }

    @Test
    void anInboxTellsWhetherItsUserIsMentioned() {
        Conversation lunch = group();
        TestTopic bobs = inbox("bob");
        TestTopic cids = inbox("cid");

        conversations.send(ANN, lunch.id(), MessageDraft.text("@bob?"));

        assertTrue(bobs.receive(InboxWord.Activity.class).isMentioned());
        InboxWord.Activity heard = cids.receive(InboxWord.Activity.class);
        assertFalse(heard.isMentioned());
        assertEquals(List.of("bob"), heard.message().mentions());
    }

    @Test
    void anEditTellsThoseAloneThatItMentionsThemWhomItMentionsFirst() {
        Conversation lunch = group();
        ChatMessage said = conversations.send(ANN, lunch.id(), MessageDraft.text("@bob?"));
        TestTopic bobs = inbox("bob");
        TestTopic cids = inbox("cid");

        conversations.edit(ANN, said.id(), "@bob @cid?");

        cids.receive(InboxWord.Edited.class);
        assertEquals(
                said.id().value(),
                cids.receive(InboxWord.Mentioned.class).message().id());
        bobs.receive(InboxWord.Edited.class);
        bobs.assertSilent();
    }

    @Test
    void anEditThatMeansEverybodyIsToldToAll() {
        Conversation lunch = group();
        ChatMessage said = conversations.send(ANN, lunch.id(), MessageDraft.text("lunch"));
        TestTopic bobs = inbox("bob");

        conversations.edit(ANN, said.id(), "lunch @everyone");

        bobs.receive(InboxWord.Edited.class);
        assertTrue(bobs.receive(InboxWord.Mentioned.class).message().mentionsEveryone());
    }

    @Test
    void whatIsForwardedIsHeardWhereItIsSaidAgain() {
        Conversation lunch = group();
        Conversation dinner = conversations.createGroup(BOB, GroupDetails.named("Dinner"), List.of(CID));
        ChatMessage said = conversations.send(ANN, lunch.id(), MessageDraft.text("pasta"));
        TestTopic bobs = subscribe("bob", dinner);
        TestTopic cids = subscribe("cid", dinner);
        var request = new ConversationRequest.Forward(said.id().value(), Optional.of("c1"));

        bobs.ask(request, ConversationRequest.Sent.class);

        ConversationWord.Said heard = cids.receive(ConversationWord.Said.class);
        assertEquals("pasta", heard.message().content());
        assertEquals("ann", heard.message().forwardedFrom().orElseThrow().username());
    }

    @Test
    void whatIsPinnedIsHeardByAllInTheConversation() {
        Conversation lunch = group();
        ChatMessage said = conversations.send(BOB, lunch.id(), MessageDraft.text("pasta"));
        TestTopic anns = subscribe("ann", lunch);
        TestTopic bobs = subscribe("bob", lunch);

        anns.send(new ConversationRequest.Pin(said.id().value()));
        anns.send(new ConversationRequest.Unpin(said.id().value()));

        ConversationWord.Pinned pinned = bobs.receive(ConversationWord.Pinned.class);
        assertEquals("pasta", pinned.message().content());
        assertEquals("ann", pinned.userId());
        assertTrue(pinned.isPinned());
        assertFalse(bobs.receive(ConversationWord.Pinned.class).isPinned());
    }

    @Test
    void whatSomebodySetsForThemselvesIsHeardOnAllTheirDevicesAndNowhereElse() {
        Conversation lunch = group();
        TestTopic phone = inbox("ann");
        TestTopic desk = inbox("ann");
        TestTopic bobs = inbox("bob");
        TestTopic room = subscribe("bob", lunch);

        conversations.settings().archive(ANN, lunch.id());

        for (TestTopic each : List.of(phone, desk)) {
            assertTrue(each.receive(InboxWord.SettingsChanged.class).isArchived());
        }
        bobs.assertSilent();
        room.assertSilent();
    }

    @Test
    void whoMayJoinLearnsOfItAndOthersDoNot() {
        Conversation dinner = conversations.createGroup(ANN, GroupDetails.named("Dinner"), List.of(BOB));
        TestTopic bobs = inbox("bob");
        TestTopic cids = inbox("cid");

        conversations.invitations().allow(ANN, dinner.id(), CID);
        conversations.invitations().disallow(ANN, dinner.id(), CID);

        assertEquals(
                "Dinner",
                cids.receive(InboxWord.Allowed.class).conversation().name().orElseThrow());
        assertEquals(
                dinner.id().value(), cids.receive(InboxWord.Disallowed.class).conversationId());
        bobs.assertSilent();
    }

    private Conversation group() {
        return conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB, CID));
    }

    private TestTopic inbox(String user) {
        return chat.user(user).connect(PATH).subscribe("inbox:" + user);
    }

    private TestTopic subscribe(String user, Conversation conversation) {
        return chat.user(user)
                .connect(PATH)
                .subscribe(LiveConversations.groupOf(conversation.id()).value());
    }
}

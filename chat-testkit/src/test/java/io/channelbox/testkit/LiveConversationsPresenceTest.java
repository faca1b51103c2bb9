package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.realtime.ConversationWord;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceMember;
import io.channelbox.presence.PresenceStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is here and who is writing, in topics of conversations with presence. */
class LiveConversationsPresenceTest {

    private static final String PATH = "/ws/topics";
    private static final JsonStyle STYLE = JsonStyle.DEFAULT.payloadIn("payload");
    private static final UserId ANN = new UserId("ann");

    @AutoClose
    private final TestChat chat =
            TestChat.with(box -> box.historyCodec(Topics.in(STYLE).codec()));

    private final Presence presence = Presence.in(chat.box()).build();
    private final ConversationStore store = new InMemoryConversationStore();
    private final LiveConversations live = LiveConversations.in(chat.box(), store);
    private final Conversations conversations =
            Conversations.in(store).listener(live).build();

    @BeforeEach
    void mount() {
        Topics topics = live.addTo(Topics.in(STYLE), conversations);
        chat.mount(PATH, topics.presence(presence).hub());
    }

    @Test
    void whoIsWritingIsSeenByTheOthersUntilTheyHaveStoppedForFiveSeconds() {
        Conversation lunch = group();
        TestTopic anns = subscribe("ann", lunch);
        TestTopic bobs = subscribe("bob", lunch);

        bobs.presence().type(true);

        assertEquals(List.of("bob"), anns.presence().typers());
        assertEquals(List.of(), bobs.presence().typers());
        chat.advance(Duration.ofSeconds(6));
        assertEquals(List.of(), anns.presence().typers());
    }

    @Test
    void whoCouldSayNothingIsNotSeenWriting() {
        Conversation lunch = group();
        TestTopic anns = subscribe("ann", lunch);
        TestTopic bobs = subscribe("bob", lunch);
        conversations.mute(ANN, lunch.id(), new UserId("bob"));

        bobs.presence().type(true);

        assertEquals(List.of(), anns.presence().typers());
        assertEquals(2, bobs.presence().count().users());
        bobs.receive(ConversationWord.ParticipantChanged.class);
        assertEquals(Conversations.MUTED, bobs.receive(TopicError.class).reason());
    }

    @Test
    void allMembersAreSeenAlsoThoseWhoAreNotHere() {
        Conversation lunch = group();
        subscribe("bob", lunch);

        List<UserId> members = conversations.participants(ANN, lunch.id(), 0, 10).stream()
                .map(Participant::user)
                .toList();
        List<PresenceMember> roster = presence.roster(LiveConversations.groupOf(lunch.id()), members);

        assertEquals(
                List.of(PresenceStatus.OFFLINE, PresenceStatus.ONLINE, PresenceStatus.OFFLINE),
                roster.stream().map(PresenceMember::status).toList());
    }

    private Conversation group() {
        return conversations.createGroup(
                ANN, GroupDetails.named("Lunch"), List.of(new UserId("bob"), new UserId("cid")));
    }

    private TestTopic subscribe(String user, Conversation conversation) {
        return chat.user(user)
                .connect(PATH)
                .subscribe(LiveConversations.groupOf(conversation.id()).value());
    }
}

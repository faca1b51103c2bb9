package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.channelbox.conversation.ReportState;
import io.channelbox.conversation.Role;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.moderation.Term;
import io.channelbox.conversation.realtime.ConversationRequest;
import io.channelbox.conversation.realtime.ConversationWord;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.conversation.realtime.ModerationRequest;
import io.channelbox.conversation.realtime.ModerationWord;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveModerationTest {

    private static final String PATH = "/ws/topics";
    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.payloadIn("payload").naming(Naming.SNAKE_CASE);
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId EVE = new UserId("eve");
    private static final UserId MODERATOR = new UserId("moderator");

    @AutoClose
    private final TestChat chat =
            TestChat.with(box -> box.historyCodec(Topics.in(STYLE).codec()));

    private final Set<UserId> staff = new HashSet<>(Set.of(MODERATOR));
    private final ConversationStore store = new InMemoryConversationStore();
    private final LiveConversations live = LiveConversations.in(chat.box(), store);
    private final Conversations conversations = Conversations.in(store)
            .listener(live)
            .moderators(staff::contains)
            .clock(chat.clock())
            .build();
    private final Moderation moderation = Moderation.of(conversations, store);
    private final Conversation lunch = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB, EVE));

    @BeforeEach
    void mount() {
        Topics topics = live.addTo(Topics.in(STYLE), conversations);
        chat.mount(PATH, topics.hub());
    }

    @Test
    void moderatorsHearWhatIsDoneAndReportedEverywhereAndAdminsInTheirGroup() {
        TestTopic moderators = subscribe("moderator", "moderation");
        TestTopic anns = subscribe("ann", roomOf(lunch));
        ChatMessage rude = conversations.send(BOB, lunch.id(), MessageDraft.text("rude"));

        long report =
                conversations.report(EVE, rude.id(), "insult", "Please help.").number();
        moderation.mute(ANN, lunch.id(), BOB, Term.of(Duration.ofMinutes(1)), "shouting");
        anns.send(new ModerationRequest.Resolve(lunch.id().value(), report, "muted"));

        for (TestTopic each : List.of(moderators, anns)) {
            ModerationWord.Reported reported = each.receive(ModerationWord.Reported.class);
            assertEquals("rude", reported.content());
            assertEquals("open", reported.state());
            ModerationWord.Audited muted = each.receive(ModerationWord.Audited.class);
            assertEquals("mute", muted.action());
            assertEquals("ann", muted.byId());
            assertEquals(Optional.of("bob"), muted.userId());
            assertEquals("shouting", muted.reason());
            assertEquals("resolved", each.receive(ModerationWord.Reported.class).state());
            assertEquals("resolve", each.receive(ModerationWord.Audited.class).action());
        }
    }

    @Test
    void ofReportsAboutAdminsOnlyModeratorsHear() {
        TestTopic moderators = subscribe("moderator", "moderation");
        TestTopic anns = subscribe("ann", roomOf(lunch));
        ChatMessage said = conversations.send(ANN, lunch.id(), MessageDraft.text("rude"));

        conversations.report(EVE, said.id(), "insult", "");

        moderators.receive(ModerationWord.Reported.class);
        anns.assertSilent();
    }

    @Test
    void whoBecameAnAdminDoesNotHearWhoHasReportedThem() {
        ChatMessage said = conversations.send(BOB, lunch.id(), MessageDraft.text("rude"));
        long report = conversations.report(EVE, said.id(), "insult", "").number();
        conversations.appoint(ANN, lunch.id(), BOB, Role.ADMIN);
        TestTopic bobs = subscribe("bob", roomOf(lunch));

        moderation.dismiss(ANN, report, "");

        assertEquals("dismiss", bobs.receive(ModerationWord.Audited.class).action());
        bobs.assertSilent();
    }

    @Test
    void nobodyElseHearsOfModeration() {
        assertCannotSubscribe("ann", "moderation");
        assertCannotSubscribe("bob", roomOf(lunch));
        assertCannotSubscribe("moderator", roomOf(lunch));
        assertCannotSubscribe("ann", "moderation:999");
        assertCannotSubscribe("ann", "moderation:lunch");
    }

    @Test
    void whoIsNoAdminAnyMoreHearsNoMoreAtOnce() {
        conversations.appoint(ANN, lunch.id(), BOB, Role.ADMIN);
        conversations.appoint(ANN, lunch.id(), EVE, Role.ADMIN);
        TestTopic bobs = subscribe("bob", roomOf(lunch));
        TestTopic eves = subscribe("eve", roomOf(lunch));

        conversations.appoint(ANN, lunch.id(), BOB, Role.MEMBER);
        conversations.leave(EVE, lunch.id());
        moderation.freeze(ANN, lunch.id(), "");

        for (TestTopic each : List.of(bobs, eves)) {
            each.receive(Unsubscribed.class);
            each.assertSilent();
        }
    }

    @Test
    void whoModeratesNoMoreHearsNoMoreAtOnce() {
        TestTopic moderators = subscribe("moderator", "moderation");

        staff.remove(MODERATOR);
        live.moderatesNoMore(MODERATOR);

        moderators.receive(Unsubscribed.class);
        assertCannotSubscribe("moderator", "moderation");
    }

    @Test
    void whoModeratesNoMoreHearsNothingOfItAlsoWhenNobodySaysSo() {
        staff.add(EVE);
        TestTopic moderators = subscribe("moderator", "moderation");
        TestTopic eves = subscribe("eve", "moderation");

        staff.remove(MODERATOR);
        moderation.freeze(ANN, lunch.id(), "");

        moderators.receive(Unsubscribed.class);
        moderators.assertSilent();
        assertEquals("freeze", eves.receive(ModerationWord.Audited.class).action());
    }

    @Test
    void whoIsBannedHearsNoMoreAtOnceOnAllDevicesAndCannotComeBack() {
        String topic = LiveConversations.groupOf(lunch.id()).value();
        List<TestTopic> devices = List.of(subscribe("bob", topic), subscribe("bob", topic));

        moderation.ban(MODERATOR, lunch.id(), BOB, Term.open(), "rude");
        conversations.send(ANN, lunch.id(), MessageDraft.text("without bob"));

        for (TestTopic each : devices) {
            each.receive(Unsubscribed.class);
            each.assertSilent();
        }
        assertCannotSubscribe("bob", topic);
    }

    @Test
    void thoseInAConversationSeeThatItIsFrozenSlowAndWhoIsMutedUntilWhen() {
        TestTopic eves = subscribe("eve", LiveConversations.groupOf(lunch.id()).value());

        moderation.freeze(ANN, lunch.id(), "");
        moderation.slowTo(ANN, lunch.id(), Duration.ofSeconds(10), "");
        moderation.mute(ANN, lunch.id(), BOB, Term.of(Duration.ofMinutes(1)), "");

        assertTrue(eves.receive(ConversationWord.Changed.class).conversation().isFrozen());
        assertEquals(
                10_000,
                eves.receive(ConversationWord.Changed.class).conversation().slowModeMillis());
        ConversationWord.ParticipantChanged muted = eves.receive(ConversationWord.ParticipantChanged.class);
        assertTrue(muted.isMuted());
        assertEquals(Optional.of(chat.clock().instant().plusSeconds(60)), muted.mutedUntil());
    }

    @Test
    void whoSpeaksTooSoonInSlowModeIsAnsweredWithItsCode() {
        TestTopic bobs = subscribe("bob", LiveConversations.groupOf(lunch.id()).value());
        moderation.slowTo(ANN, lunch.id(), Duration.ofSeconds(10), "");
        bobs.receive(ConversationWord.Changed.class);
        var spoken = new ConversationRequest.Send("now", Optional.empty(), Optional.empty());
        bobs.ask(spoken, ConversationRequest.Sent.class);

        assertEquals(Conversations.SLOW_MODE, bobs.ask(spoken, TopicError.class).reason());
        chat.clock().advance(Duration.ofSeconds(10));
        bobs.ask(spoken, ConversationRequest.Sent.class);
    }

    @Test
    void whoMayNotSettleAReportIsRefusedInTheTopicToo() {
        conversations.appoint(ANN, lunch.id(), BOB, Role.ADMIN);
        ChatMessage said = conversations.send(ANN, lunch.id(), MessageDraft.text("rude"));
        long report = conversations.report(EVE, said.id(), "insult", "").number();
        TestTopic bobs = subscribe("bob", roomOf(lunch));

        for (long conversation : new long[] {lunch.id().value(), 999, 0}) {
            var dismiss = new ModerationRequest.Dismiss(conversation, report, "");
            bobs.ask(dismiss, TopicError.class);
        }

        assertEquals(
                ReportState.OPEN, moderation.report(MODERATOR, report).report().state());
    }

    private TestTopic subscribe(String user, String topic) {
        return chat.user(user).connect(PATH).subscribe(topic);
    }

    private void assertCannotSubscribe(String user, String topic) {
        chat.user(user).connect(PATH).assertCannotSubscribe(topic, TopicError.UNAUTHORIZED);
    }

    private static String roomOf(Conversation conversation) {
        return "moderation:" + conversation.id();
    }
}

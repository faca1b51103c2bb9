package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.DAN;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.MODERATOR;
import static io.channelbox.conversation.Chat.NOON;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.moderation.ReportedMessage;
import io.channelbox.conversation.moderation.Term;
import io.channelbox.message.PeerException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModerationTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final OptionalLong FIRST = OptionalLong.empty();

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final Moderation moderation = chat.moderation;

    @Test
    void aMuteEndsByItselfInTheMomentThatWasSaid() {
        ConversationId group = chat.group(ANN, BOB);
        Participant muted = moderation.mute(ANN, group, BOB, Term.of(MINUTE), "shouting");
        assertEquals(Optional.of(NOON.plus(MINUTE)), muted.mutedUntil());

        chat.passes(MINUTE.minusNanos(1));
        assertRefused(Conversations.MUTED, () -> chat.say(BOB, group, "a"));
        assertTrue(conversations.participant(BOB, group).muted());

        chat.passes(Duration.ofNanos(1));
        assertFalse(conversations.participant(BOB, group).muted());
        assertFalse(conversations.participants(ANN, group, 0, 10).get(1).muted());
        assertFalse(conversations.list(BOB, Optional.empty(), 1).get(0).own().muted());
        chat.say(BOB, group, "a");
    }

    @Test
    void aMuteIsReplacedByAnotherOneAndOneWithoutEndLasts() {
        ConversationId group = chat.group(ANN, BOB);
        moderation.mute(ANN, group, BOB, Term.until(NOON.plusSeconds(1)), "");

        Participant forGood = moderation.mute(ANN, group, BOB, Term.open(), "");

        assertEquals(Optional.empty(), forGood.mutedUntil());
        chat.passes(Duration.ofDays(10_000));
        assertRefused(Conversations.MUTED, () -> chat.say(BOB, group, "a"));
    }

    @Test
    void aMuteSurvivesWhatIsReadMeanwhile() {
        ConversationId group = chat.group(ANN, BOB);
        moderation.mute(ANN, group, BOB, Term.of(MINUTE), "");
        chat.say(ANN, group, "a");

        Participant reading = conversations.read(BOB, group);

        assertEquals(Optional.of(NOON.plus(MINUTE)), reading.mutedUntil());
    }

    @Test
    void whoIsMutedAndComesBackHasNoVoiceUntilTheMuteEnds() {
        ConversationId group = chat.publicGroup(ANN, BOB, EVE);
        moderation.mute(ANN, group, BOB, Term.of(MINUTE), "shouting");
        moderation.mute(ANN, group, EVE, Term.open(), "shouting");
        conversations.leave(BOB, group);
        moderation.kick(ANN, group, EVE, "still shouting");

        Participant back = conversations.join(BOB, group);
        conversations.add(ANN, group, EVE);

        assertEquals(Optional.of(NOON.plus(MINUTE)), back.mutedUntil());
        assertRefused(Conversations.MUTED, () -> chat.say(BOB, group, "a"));
        assertRefused(Conversations.MUTED, () -> chat.say(EVE, group, "b"));
        chat.passes(MINUTE);
        chat.say(BOB, group, "c");
        moderation.unmute(ANN, group, EVE, "sorry");
        conversations.leave(EVE, group);
        conversations.join(EVE, group);
        chat.say(EVE, group, "d");
    }

    @Test
    void aMuteThatEndsWhileOneIsAwayIsOverWhenTheyComeBack() {
        ConversationId group = chat.publicGroup(ANN, BOB);
        moderation.mute(ANN, group, BOB, Term.of(MINUTE), "shouting");
        conversations.leave(BOB, group);

        chat.passes(MINUTE);

        assertFalse(conversations.join(BOB, group).muted());
        chat.say(BOB, group, "a");
    }

    @Test
    void aTermThatIsOverOrEndlessIsRefused() {
        ConversationId group = chat.group(ANN, BOB);

        for (Term term : List.of(
                Term.of(Duration.ZERO),
                Term.of(Duration.ofSeconds(Long.MAX_VALUE)),
                Term.until(NOON),
                Term.until(Instant.MIN),
                Term.until(Instant.MAX))) {
            assertInvalid("until", () -> moderation.mute(ANN, group, BOB, term, ""));
            assertInvalid("until", () -> moderation.ban(ANN, group, BOB, term, ""));
        }
        assertInvalid("reason", () -> moderation.kick(ANN, group, BOB, "r".repeat(501)));
        assertEquals(List.of(ANN, BOB), chat.users(ANN, group));
    }

    @Test
    void whoIsKickedMayComeBack() {
        ConversationId group = chat.publicGroup(ANN, BOB);

        moderation.kick(ANN, group, BOB, "rude");

        assertNotAllowed(() -> conversations.participant(BOB, group));
        conversations.join(BOB, group);
    }

    @Test
    void whoIsBannedNeitherJoinsNorIsAddedNorSeesThePublicGroupUntilItEnds() {
        ConversationId group = chat.publicGroup(ANN, BOB);

        Ban ban = moderation.ban(ANN, group, BOB, Term.of(MINUTE), "rude");

        assertEquals(List.of(ban), moderation.bans(ANN, group, FIRST, 10));
        chat.passes(MINUTE.minusNanos(1));
        assertNotAllowed(() -> conversations.conversation(BOB, group));
        assertNotAllowed(() -> conversations.join(BOB, group));
        assertRefused(Conversations.BANNED, () -> conversations.add(ANN, group, BOB));
        chat.passes(Duration.ofNanos(1));
        assertFalse(ban.holds(chat.now()));
        conversations.conversation(BOB, group);
        conversations.join(BOB, group);
    }

    @Test
    void whoIsBannedIsNotAllowedToJoinEither() {
        ConversationId group = chat.group(ANN);
        conversations.invitations().allow(ANN, group, BOB);

        moderation.ban(ANN, group, BOB, Term.open(), "rude");

        assertEquals(List.of(), conversations.invitations().openTo(BOB, Optional.empty(), 10));
        assertEquals(List.of(), conversations.invitations().allowed(ANN, group, 0, 10));
        Conversation about = conversations.conversation(ANN, group);
        assertTrue(chat.told.contains(new ConversationEvent.Allowed(about, BOB, ANN, false)));
        assertRefused(Conversations.BANNED, () -> conversations.invitations().allow(ANN, group, BOB));
    }

    @Test
    void whoIsBannedDoesNotLearnThatAGroupIsArchived() {
        ConversationId group = chat.publicGroup(ANN);
        String token = conversations
                .invitations()
                .invite(ANN, group, InvitationTerms.UNLIMITED)
                .token();
        moderation.ban(ANN, group, BOB, Term.open(), "rude");
        conversations.archive(ANN, group);

        assertNotAllowed(() -> conversations.join(BOB, group));
        assertNotAllowed(() -> conversations.invitations().accept(BOB, token));
    }

    @Test
    void aBanIsLifted() {
        ConversationId group = chat.publicGroup(ANN);
        moderation.ban(ANN, group, BOB, Term.open(), "rude");

        assertTrue(moderation.unban(ANN, group, BOB, "sorry"));
        assertFalse(moderation.unban(ANN, group, BOB, "sorry"));

        conversations.join(BOB, group);
        assertEquals(List.of(), moderation.bans(ANN, group, FIRST, 10));
    }

    @Test
    void nobodyModeratesThemselves() {
        ConversationId group = chat.group(ANN, MODERATOR);

        assertNotAllowed(() -> moderation.mute(ANN, group, ANN, Term.open(), ""));
        assertNotAllowed(() -> moderation.ban(ANN, group, ANN, Term.open(), ""));
        assertNotAllowed(() -> moderation.kick(MODERATOR, group, MODERATOR, ""));
    }

    @Test
    void inSlowModeEachMemberWaitsAndIsToldHowLong() {
        ConversationId group = chat.group(ANN, BOB, EVE);
        moderation.slowTo(ANN, group, MINUTE, "calm down");
        chat.say(BOB, group, "a");
        chat.passes(Duration.ofSeconds(10));

        PeerException refusal = assertThrows(PeerException.class, () -> chat.say(BOB, group, "b"));

        assertEquals(Conversations.SLOW_MODE, refusal.code());
        assertEquals(Optional.of(Duration.ofSeconds(50)), refusal.retryAfter());
        chat.say(EVE, group, "c");
        chat.say(ANN, group, "d");
        chat.say(ANN, group, "e");
        chat.passes(Duration.ofSeconds(50));
        chat.say(BOB, group, "f");
        assertEquals(List.of("a", "c", "d", "e", "f"), chat.texts(ANN, group));
    }

    @Test
    void whoComesBackWaitsInSlowModeAsIfTheyHadStayed() {
        ConversationId group = chat.publicGroup(ANN, BOB);
        moderation.slowTo(ANN, group, MINUTE, "");
        ChatMessage said = chat.say(BOB, group, "a");
        conversations.delete(BOB, said.id());
        conversations.leave(BOB, group);
        conversations.join(BOB, group);

        assertRefused(Conversations.SLOW_MODE, () -> chat.say(BOB, group, "b"));
        moderation.slowTo(ANN, group, Duration.ZERO, "");
        chat.say(BOB, group, "b");
    }

    @Test
    void inSlowModeWhatIsSentAgainIsAnsweredAsItWasKept() {
        ConversationId group = chat.group(ANN, BOB);
        moderation.slowTo(ANN, group, MINUTE, "");
        MessageDraft draft = MessageDraft.text("a").called("c1");

        assertEquals(conversations.send(BOB, group, draft), conversations.send(BOB, group, draft));
    }

    @Test
    void whatCouldNotBeSaidInSlowModeDoesNotCount() {
        ConversationId group = chat.group(ANN, BOB);
        moderation.slowTo(ANN, group, MINUTE, "");

        assertInvalid(
                "reply_to",
                () -> conversations.send(BOB, group, MessageDraft.text("a").inReplyTo(Chat.NO_MESSAGE)));

        chat.say(BOB, group, "b");
    }

    @Test
    void whatIsLimitedTogetherIsKeptTogether() {
        ConversationId group = chat.group(ANN);

        conversations.moderate(ANN, group, "", change -> {
            change.slowTo(MINUTE);
            return change.freeze();
        });

        assertEquals(
                new SpeechLimits(true, MINUTE),
                conversations.conversation(ANN, group).limits());
    }

    @Test
    void slowModeIsAtMostADay() {
        ConversationId group = chat.group(ANN);

        assertInvalid(
                "slow_mode",
                () -> moderation.slowTo(ANN, group, Duration.ofDays(1).plusNanos(1), ""));
        assertInvalid("slow_mode", () -> moderation.slowTo(ANN, group, Duration.ofNanos(-1), ""));
    }

    @Test
    void inAFrozenGroupOnlyAdminsSpeakUntilItThaws() {
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.say(BOB, group, "a");

        assertTrue(moderation.freeze(ANN, group, "").limits().frozen());

        assertRefused(Conversations.FROZEN, () -> chat.say(BOB, group, "b"));
        assertRefused(Conversations.FROZEN, () -> conversations.edit(BOB, said.id(), "b"));
        assertRefused(Conversations.FROZEN, () -> conversations.react(BOB, said.id(), "👍"));
        chat.say(ANN, group, "c");
        conversations.describe(ANN, group, GroupDetails.named("Still frozen"));
        assertFalse(moderation.thaw(ANN, group, "").limits().frozen());
        chat.say(BOB, group, "d");
    }

    @Test
    void aReportKeepsWhatWasSaidWhateverItsAuthorDoesAndIsReadWithWhatWasBefore() {
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        for (int i = 1; i <= 12; i++) {
            chat.say(ANN, direct, "m" + i);
        }
        ChatMessage rude = chat.say(BOB, direct, "rude");
        chat.say(ANN, direct, "behind it");

        Report report = conversations.report(ANN, rude.id(), "insult", "Please help.");
        conversations.delete(BOB, rude.id());

        ReportedMessage read = moderation.report(MODERATOR, report.number());
        assertEquals("rude", read.report().content());
        assertTrue(read.message().isDeleted());
        assertEquals(
                List.of("m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"),
                read.before().stream().map(ChatMessage::content).toList());
        assertEquals(List.of(report), moderation.openReports(MODERATOR, FIRST, 10));
        assertEquals(List.of(report), moderation.openReports(MODERATOR, direct, FIRST, 10));
        assertNotAllowed(() -> moderation.report(ANN, report.number()));
    }

    @Test
    void aMessageIsReportedOnceByEachAndNotByItsAuthor() {
        ConversationId group = chat.group(ANN, BOB, EVE);
        ChatMessage said = chat.say(BOB, group, "a");

        Report first = conversations.report(EVE, said.id(), "spam", "");

        assertEquals(first, conversations.report(EVE, said.id(), "insult", "again"));
        assertNotAllowed(() -> conversations.report(BOB, said.id(), "spam", ""));
        assertInvalid("reason", () -> conversations.report(ANN, said.id(), " ", ""));
        assertEquals(List.of(first), moderation.openReports(ANN, group, FIRST, 10));
    }

    @Test
    void aReportIsSettledOnceAndIsListedNoMore() {
        ConversationId group = chat.group(ANN, BOB, EVE);
        Report report = conversations.report(EVE, chat.say(BOB, group, "a").id(), "spam", "");

        Report resolved = moderation.resolve(ANN, report.number(), "deleted");

        assertEquals(ReportState.RESOLVED, resolved.state());
        assertEquals(Optional.of(ANN), resolved.settledBy());
        assertEquals(resolved, moderation.dismiss(MODERATOR, report.number(), ""));
        assertEquals(List.of(), moderation.openReports(ANN, group, FIRST, 10));
        assertEquals(List.of(ModerationAction.RESOLVE), actions(group));
    }

    @Test
    void adminsSeeNoReportsAboutEachOtherOrTheOwner() {
        ConversationId group = chat.group(ANN, BOB, EVE, DAN);
        conversations.appoint(ANN, group, BOB, Role.ADMIN);
        Report ofOwner = conversations.report(DAN, chat.say(ANN, group, "a").id(), "spam", "");
        Report ofAdmin = conversations.report(DAN, chat.say(BOB, group, "b").id(), "spam", "");
        Report ofMember = conversations.report(DAN, chat.say(EVE, group, "c").id(), "spam", "");

        assertEquals(List.of(ofMember), moderation.openReports(BOB, group, FIRST, 10));
        assertEquals(List.of(ofMember, ofAdmin), moderation.openReports(ANN, group, FIRST, 10));
        assertEquals(List.of(ofMember, ofAdmin, ofOwner), moderation.openReports(MODERATOR, group, FIRST, 10));
    }

    @Test
    void whoBecameAnAdminSeesNoReportsAboutThemselves() {
        ConversationId group = chat.group(ANN, BOB, EVE);
        Report ofEve = conversations.report(BOB, chat.say(EVE, group, "a").id(), "spam", "");
        Report ofBob = conversations.report(EVE, chat.say(BOB, group, "b").id(), "spam", "");
        conversations.appoint(ANN, group, BOB, Role.ADMIN);

        assertEquals(List.of(ofEve), moderation.openReports(BOB, group, FIRST, 1));
        assertEquals(List.of(ofBob, ofEve), moderation.openReports(ANN, group, FIRST, 10));
        assertEquals(List.of(ofBob), moderation.openReports(ANN, group, FIRST, 1));
    }

    @Test
    void adminsSeeNoReportsAboutWhoBecameOneToo() {
        ConversationId group = chat.group(ANN, BOB, EVE, DAN);
        conversations.appoint(ANN, group, BOB, Role.ADMIN);
        Report ofEve = conversations.report(DAN, chat.say(EVE, group, "a").id(), "spam", "");
        assertEquals(List.of(ofEve), moderation.openReports(BOB, group, FIRST, 10));

        conversations.appoint(ANN, group, EVE, Role.ADMIN);

        assertEquals(List.of(), moderation.openReports(BOB, group, FIRST, 10));
        assertNotAllowed(() -> moderation.report(BOB, ofEve.number()));
        assertNotAllowed(() -> moderation.dismiss(BOB, ofEve.number(), ""));
        assertEquals(List.of(ofEve), moderation.openReports(ANN, group, FIRST, 10));
    }

    @Test
    void aModeratorSeesNoReportsAboutThemselves() {
        ConversationId group = chat.group(ANN, MODERATOR);
        conversations.report(ANN, chat.say(MODERATOR, group, "a").id(), "spam", "");

        assertEquals(List.of(), moderation.openReports(MODERATOR, FIRST, 10));
        assertEquals(List.of(), moderation.openReports(MODERATOR, group, FIRST, 10));
    }

    @Test
    void inADirectConversationAModeratorDeletesWhatWasReportedOnly() {
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        ChatMessage said = chat.say(BOB, direct, "a");

        assertNotAllowed(() -> moderation.delete(MODERATOR, said.id(), ""));
        conversations.report(ANN, said.id(), "insult", "");

        assertTrue(moderation.delete(MODERATOR, said.id(), "insult").isDeleted());
        assertNotAllowed(() -> moderation.mute(MODERATOR, direct, BOB, Term.open(), ""));
        assertNotAllowed(() -> moderation.freeze(MODERATOR, direct, ""));
        assertNotAllowed(() -> conversations.messages(MODERATOR, direct, Optional.empty(), 10));
    }

    @Test
    void everythingIsAuditedAndStaysWhoeverGoes() {
        ConversationId group = chat.group(ANN, BOB, EVE);
        conversations.appoint(ANN, group, BOB, Role.ADMIN);
        ChatMessage said = chat.say(EVE, group, "a");
        moderation.mute(BOB, group, EVE, Term.of(MINUTE), "shouting");
        moderation.unmute(BOB, group, EVE, "");
        moderation.slowTo(BOB, group, MINUTE, "");
        moderation.freeze(BOB, group, "");
        moderation.thaw(BOB, group, "");
        conversations.delete(BOB, said.id());
        moderation.kick(BOB, group, EVE, "");
        moderation.ban(MODERATOR, group, EVE, Term.open(), "");
        moderation.unban(MODERATOR, group, EVE, "");
        conversations.leave(BOB, group);

        List<AuditEntry> log = moderation.audit(ANN, group, FIRST, 100);

        assertEquals(
                List.of(
                        ModerationAction.UNBAN,
                        ModerationAction.BAN,
                        ModerationAction.KICK,
                        ModerationAction.DELETE,
                        ModerationAction.THAW,
                        ModerationAction.FREEZE,
                        ModerationAction.SLOW_MODE,
                        ModerationAction.UNMUTE,
                        ModerationAction.MUTE),
                log.stream().map(AuditEntry::action).toList());
        AuditEntry mute = log.get(8);
        assertEquals(BOB, mute.by());
        assertEquals(Optional.of(EVE), mute.user());
        assertEquals("shouting", mute.reason());
        assertEquals(Optional.of(NOON.plus(MINUTE)), mute.until());
        assertEquals(Optional.of(said.id()), log.get(3).message());
        assertEquals(Optional.of(MINUTE), log.get(6).slowMode());
        assertEquals(
                log.subList(2, 4),
                moderation.audit(ANN, group, OptionalLong.of(log.get(1).number()), 2));
        assertEquals(log, moderation.audit(MODERATOR, FIRST, 100));
    }

    @Test
    void whatOneDoesToOneselfIsNotAudited() {
        ConversationId group = chat.group(ANN, BOB);
        conversations.delete(ANN, chat.say(ANN, group, "a").id());
        conversations.leave(BOB, group);

        assertEquals(List.of(), actions(group));
    }

    private List<ModerationAction> actions(ConversationId id) {
        return moderation.audit(ANN, id, FIRST, 100).stream()
                .map(AuditEntry::action)
                .toList();
    }
}

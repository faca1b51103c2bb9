package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.MANY;
import static io.channelbox.testkit.KeptChat.NOON;
import static io.channelbox.testkit.KeptChat.atOnce;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.Ban;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.ModerationAction;
import io.channelbox.conversation.ModerationReader;
import io.channelbox.conversation.ModerationWriter;
import io.channelbox.conversation.Mute;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.ReportState;
import io.channelbox.conversation.Role;
import io.channelbox.conversation.SpeechLimits;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every store does with what is kept of moderation. */
interface KeptModerationContract {

    ConversationStore newStore();

    @Test
    default void theLimitsOfSpeechOfAConversationAreKept() {
        var chat = new KeptChat(newStore());
        Conversation before = chat.conversation(chat.group(ANN));
        Conversation limited =
                limited(before, new SpeechLimits(true, Duration.ofMinutes(1).plusNanos(1)));

        chat.update(limited);

        assertEquals(SpeechLimits.NONE, before.limits());
        assertEquals(limited, chat.conversation(before.id()));
        assertEquals(limited, chat.list(ANN).get(0).conversation());
    }

    @Test
    default void theEndOfAMuteIsKept() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        Participant muted = muted(chat.participant(group, BOB), Optional.of(NOON.plusNanos(1)));
        Participant forGood = muted(muted, Optional.empty());

        for (Participant each : List.of(muted, forGood)) {
            chat.update(each);

            assertEquals(each, chat.participant(group, BOB));
            assertEquals(each, chat.list(BOB).get(0).own());
        }
    }

    @Test
    default void aBanIsKeptAsItIsUntilItIsReplacedOrEnded() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ConversationId other = chat.group(ANN);
        Ban first = ban(chat, group, BOB, Optional.of(NOON.plusNanos(7)));

        assertEquals(Optional.of(first), look(chat, kept -> kept.ban(group, BOB)));
        assertEquals(Optional.empty(), look(chat, kept -> kept.ban(other, BOB)));
        assertEquals(Optional.empty(), look(chat, kept -> kept.ban(group, EVE)));

        Ban second = ban(chat, group, BOB, Optional.empty());
        assertEquals(Optional.of(second), look(chat, kept -> kept.ban(group, BOB)));
        assertEquals(List.of(second), look(chat, kept -> kept.bans(group, OptionalLong.empty(), MANY)));

        assertTrue(chat.store().<Boolean>write(writer -> writer.moderation().unban(group, BOB)));
        assertFalse(chat.store().<Boolean>write(writer -> writer.moderation().unban(group, BOB)));
        assertEquals(Optional.empty(), look(chat, kept -> kept.ban(group, BOB)));
    }

    @Test
    default void bansComeInPagesTheLastOneFirst() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        Ban first = ban(chat, group, ANN, Optional.empty());
        ban(chat, chat.group(ANN), ANN, Optional.empty());
        Ban second = ban(chat, group, BOB, Optional.empty());
        Ban third = ban(chat, group, EVE, Optional.empty());

        assertEquals(List.of(third, second), look(chat, kept -> kept.bans(group, OptionalLong.empty(), 2)));
        assertEquals(List.of(first), look(chat, kept -> kept.bans(group, OptionalLong.of(second.number()), 2)));
    }

    @Test
    default void aMuteOfWhoIsGoneIsKeptUntilItIsReplacedOrForgotten() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ConversationId other = chat.group(ANN);
        assertEquals(Optional.empty(), look(chat, kept -> kept.mute(group, BOB)));

        for (Optional<Instant> until : List.of(Optional.of(NOON.plusNanos(7)), Optional.<Instant>empty())) {
            var mute = new Mute(group, BOB, until);
            change(chat, writer -> writer.keep(mute));

            assertEquals(Optional.of(mute), look(chat, kept -> kept.mute(group, BOB)));
        }
        assertEquals(Optional.empty(), look(chat, kept -> kept.mute(other, BOB)));
        assertEquals(Optional.empty(), look(chat, kept -> kept.mute(group, EVE)));

        assertTrue(chat.store().<Boolean>write(writer -> writer.moderation().forgetMute(group, BOB)));
        assertFalse(chat.store().<Boolean>write(writer -> writer.moderation().forgetMute(group, BOB)));
        assertEquals(Optional.empty(), look(chat, kept -> kept.mute(group, BOB)));
    }

    @Test
    default void whenSomebodyLastSaidSomethingIsKeptAlsoOfWhoIsGone() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        assertEquals(Optional.empty(), look(chat, kept -> kept.lastSaid(group, BOB)));

        for (Instant time : List.of(NOON, NOON.plusNanos(1))) {
            change(chat, writer -> writer.said(group, BOB, time));

            assertEquals(Optional.of(time), look(chat, kept -> kept.lastSaid(group, BOB)));
        }
        assertEquals(Optional.empty(), look(chat, kept -> kept.lastSaid(group, ANN)));
    }

    @Test
    default void aReportIsKeptAsItIsAndAsItIsSettled() {
        var chat = new KeptChat(newStore());
        ChatMessage said = chat.say(chat.group(ANN, BOB), BOB, "grüße 😀 'quotes'");
        Report open = report(chat, said, ANN, Role.ADMIN);

        assertEquals(Optional.of(open), look(chat, kept -> kept.report(open.number())));
        assertEquals(Optional.of(open), look(chat, kept -> kept.report(said.id(), ANN)));
        assertEquals(Optional.empty(), look(chat, kept -> kept.report(said.id(), BOB)));
        assertEquals(Optional.empty(), look(chat, kept -> kept.report(open.number() + 1)));
        assertEquals(true, look(chat, kept -> kept.isReported(said.id())));

        Report settled = settled(open);
        change(chat, writer -> writer.update(settled));
        assertEquals(Optional.of(settled), look(chat, kept -> kept.report(open.number())));
        assertEquals(true, look(chat, kept -> kept.isReported(said.id())));
    }

    @Test
    default void openReportsComeInPagesTheNewestFirstOfAllOrOfThoseBelowARole() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ConversationId other = chat.group(ANN);
        Report first = report(chat, chat.say(group, ANN, "a"), BOB, Role.MEMBER);
        Report second = report(chat, chat.say(other, ANN, "b"), BOB, Role.MEMBER);
        Report third = report(chat, chat.say(group, ANN, "c"), BOB, Role.ADMIN);
        Report fourth = report(chat, chat.say(group, ANN, "d"), BOB, Role.OWNER);
        Report fifth = report(chat, chat.say(group, ANN, "e"), BOB, Role.MEMBER);
        change(chat, writer -> writer.update(settled(fifth)));
        OptionalLong begin = OptionalLong.empty();

        assertEquals(List.of(fourth, third), look(chat, kept -> kept.openReports(begin, 2)));
        assertEquals(
                List.of(second, first), look(chat, kept -> kept.openReports(OptionalLong.of(third.number()), MANY)));
        assertEquals(
                List.of(fourth, third, first),
                look(chat, kept -> kept.openReports(group, Optional.empty(), begin, MANY)));
        assertEquals(
                List.of(third, first),
                look(chat, kept -> kept.openReports(group, Optional.of(Role.OWNER), begin, MANY)));
        assertEquals(List.of(first), look(chat, kept -> kept.openReports(group, Optional.of(Role.ADMIN), begin, MANY)));
        assertEquals(List.of(), look(chat, kept -> kept.openReports(group, Optional.of(Role.MEMBER), begin, MANY)));
        assertEquals(
                List.of(first),
                look(
                        chat,
                        kept -> kept.openReports(
                                group, Optional.of(Role.OWNER), OptionalLong.of(third.number()), MANY)));
    }

    @Test
    default void aReportThatCannotBeIsRefused() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage said = chat.say(group, ANN, "a");
        ChatMessage elsewhere = chat.say(chat.group(ANN), ANN, "b");
        Report kept = report(chat, said, BOB, Role.MEMBER);
        long next = chat.store().write(writer -> writer.moderation().newModerationNumber());

        assertThrows(StoreException.class, () -> report(chat, said, BOB, Role.MEMBER));
        for (Report wrong : List.of(
                report(next, group, elsewhere.id(), EVE, Role.MEMBER),
                report(next, group, new ChatMessageId(999_999), EVE, Role.MEMBER),
                report(kept.number(), group, said.id(), EVE, Role.MEMBER))) {
            assertThrows(StoreException.class, () -> change(chat, writer -> writer.add(wrong)));
        }
        Report unknown = report(next, group, said.id(), EVE, Role.MEMBER);
        assertThrows(StoreException.class, () -> change(chat, writer -> writer.update(unknown)));
        assertEquals(List.of(kept), look(chat, reader -> reader.openReports(OptionalLong.empty(), MANY)));
    }

    @Test
    default void whatWasDoneIsKeptAsItIsAndComesInPagesTheLatestFirst() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ConversationId other = chat.group(ANN);
        AuditEntry first = done(chat, group, ModerationAction.KICK);
        AuditEntry second = done(chat, other, ModerationAction.FREEZE);
        AuditEntry third = full(chat, group);
        AuditEntry fourth = done(chat, group, ModerationAction.UNBAN);
        OptionalLong begin = OptionalLong.empty();

        assertEquals(List.of(fourth, third, second, first), look(chat, kept -> kept.audit(begin, MANY)));
        assertEquals(List.of(second), look(chat, kept -> kept.audit(OptionalLong.of(third.number()), 1)));
        assertEquals(List.of(fourth, third), look(chat, kept -> kept.audit(group, begin, 2)));
        assertEquals(List.of(first), look(chat, kept -> kept.audit(group, OptionalLong.of(third.number()), 2)));
    }

    @Test
    default void everyActionIsKept() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);

        for (ModerationAction action : ModerationAction.values()) {
            AuditEntry entry = done(chat, group, action);
            assertEquals(List.of(entry), look(chat, kept -> kept.audit(group, OptionalLong.empty(), 1)));
        }
    }

    @Test
    default void nothingIsKeptOfAConversationThatThereIsNot() {
        var chat = new KeptChat(newStore());
        ConversationId unused = chat.store().write(ConversationWriter::newConversationId);

        assertThrows(StoreException.class, () -> ban(chat, unused, BOB, Optional.empty()));
        assertThrows(StoreException.class, () -> done(chat, unused, ModerationAction.KICK));
        assertThrows(StoreException.class, () -> change(chat, writer -> writer.said(unused, BOB, NOON)));
    }

    @Test
    default void moderationOfWorkThatThrowsStaysAsItWas() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.say(group, ANN, "a");
        Report report = report(chat, said, BOB, Role.MEMBER);
        ban(chat, group, EVE, Optional.empty());
        change(chat, writer -> writer.said(group, ANN, NOON));
        List<Object> before = look(chat, kept -> everything(kept, group));

        assertThrows(
                IllegalStateException.class,
                () -> change(chat, writer -> {
                    writer.unban(group, EVE);
                    writer.keep(newBan(writer, group, BOB, Optional.empty()));
                    writer.keep(newBan(writer, group, EVE, Optional.of(NOON)));
                    writer.said(group, ANN, NOON.plusSeconds(1));
                    writer.said(group, BOB, NOON);
                    writer.update(settled(report));
                    writer.add(report(writer.newModerationNumber(), group, said.id(), EVE, Role.MEMBER));
                    writer.add(entry(writer.newModerationNumber(), group, ModerationAction.THAW));
                    throw new IllegalStateException("of the work");
                }));

        assertEquals(before, look(chat, kept -> everything(kept, group)));
    }

    @Test
    default void everyNumberOfModerationIsGivenOnce() throws InterruptedException, ExecutionException {
        var chat = new KeptChat(newStore());

        List<List<Long>> given = atOnce(8, () -> {
            var own = new ArrayList<Long>();
            for (int i = 0; i < 20; i++) {
                own.add(chat.store().write(writer -> writer.moderation().newModerationNumber()));
            }
            return own;
        });

        List<Long> all = given.stream().flatMap(List::stream).toList();
        assertEquals(all.size(), new HashSet<>(all).size());
    }

    private static List<Object> everything(ModerationReader kept, ConversationId group) {
        return List.of(
                kept.bans(group, OptionalLong.empty(), MANY),
                kept.lastSaid(group, ANN),
                kept.lastSaid(group, BOB),
                kept.openReports(OptionalLong.empty(), MANY),
                kept.audit(OptionalLong.empty(), MANY));
    }

    private static <T> T look(KeptChat chat, Function<ModerationReader, T> work) {
        return chat.store().read(kept -> work.apply(kept.moderation()));
    }

    private static void change(KeptChat chat, Consumer<ModerationWriter> work) {
        chat.store().write(writer -> {
            work.accept(writer.moderation());
            return true;
        });
    }

    private static Conversation limited(Conversation group, SpeechLimits limits) {
        return new Conversation(
                group.id(),
                group.kind(),
                group.creator(),
                group.name(),
                group.description(),
                group.avatar(),
                group.visibility(),
                group.category(),
                group.active(),
                group.createdAt(),
                group.updatedAt(),
                group.lastMessageAt(),
                group.lastSequence(),
                limits);
    }

    private static Participant muted(Participant participant, Optional<Instant> until) {
        return new Participant(
                participant.number(),
                participant.conversation(),
                participant.user(),
                participant.name(),
                participant.avatar(),
                participant.role(),
                true,
                participant.joinedAt(),
                participant.lastReadSequence(),
                participant.lastReadAt(),
                until);
    }

    private static Ban ban(KeptChat chat, ConversationId group, UserId user, Optional<Instant> until) {
        return chat.store().write(writer -> {
            Ban ban = newBan(writer.moderation(), group, user, until);
            writer.moderation().keep(ban);
            return ban;
        });
    }

    private static Ban newBan(ModerationWriter writer, ConversationId group, UserId user, Optional<Instant> until) {
        return new Ban(writer.newModerationNumber(), group, user, ANN, "rude, 'twice'", NOON, until);
    }

    private static Report report(KeptChat chat, ChatMessage said, UserId by, Role authorRole) {
        return chat.store().write(writer -> {
            Report report =
                    report(writer.moderation().newModerationNumber(), said.conversation(), said.id(), by, authorRole);
            writer.moderation().add(report);
            return report;
        });
    }

    private static Report report(long number, ConversationId group, ChatMessageId message, UserId by, Role authorRole) {
        return new Report(
                number,
                group,
                message,
                BOB,
                authorRole,
                "grüße 😀 'quotes'",
                by,
                "spam",
                "two\nlines",
                NOON,
                ReportState.OPEN,
                Optional.empty(),
                Optional.empty());
    }

    private static Report settled(Report open) {
        return new Report(
                open.number(),
                open.conversation(),
                open.message(),
                open.author(),
                open.authorRole(),
                open.content(),
                open.by(),
                open.reason(),
                open.text(),
                open.at(),
                ReportState.DISMISSED,
                Optional.of(EVE),
                Optional.of(NOON.plusNanos(1)));
    }

    private static AuditEntry done(KeptChat chat, ConversationId group, ModerationAction action) {
        return chat.store().write(writer -> {
            AuditEntry entry = entry(writer.moderation().newModerationNumber(), group, action);
            writer.moderation().add(entry);
            return entry;
        });
    }

    private static AuditEntry entry(long number, ConversationId group, ModerationAction action) {
        return new AuditEntry(
                number,
                group,
                ANN,
                action,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                NOON);
    }

    /** It may name a message that there is not, or no longer. */
    private static AuditEntry full(KeptChat chat, ConversationId group) {
        return chat.store().write(writer -> {
            var entry = new AuditEntry(
                    writer.moderation().newModerationNumber(),
                    group,
                    ANN,
                    ModerationAction.MUTE,
                    Optional.of(BOB),
                    Optional.of(new ChatMessageId(999_999)),
                    "grüße 😀",
                    Optional.of(NOON.plusNanos(1)),
                    Optional.of(Duration.ofNanos(1)),
                    NOON.plusNanos(2));
            writer.moderation().add(entry);
            return entry;
        });
    }
}

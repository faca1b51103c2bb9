package io.channelbox.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.Ban;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationReader;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.InvitationId;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.ModerationAction;
import io.channelbox.conversation.ModerationReader;
import io.channelbox.conversation.ModerationWriter;
import io.channelbox.conversation.OwnReaction;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.ReportState;
import io.channelbox.conversation.Role;
import io.channelbox.message.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the databases find what is asked for, in tables that are large enough for it to matter. */
class ConversationPlansTest {

    private static final ManyMessages SOME = new ManyMessages(200, 50, 50);

    /** Tables of whatever size; of those of conversations and people PostgreSQL reads all while they are small. */
    private static final String SCANS_WHAT_GROWS =
            ".*Seq Scan on chat_conversation_(message|ban|last_said|report|audit).*";

    @TempDir
    Path folder;

    @Test
    void sqliteScansNoTable() throws SQLException {
        DataSource database = filled(Sqlite.at(folder.resolve("chat.db")));

        Map<String, List<String>> plans = plans(database, "EXPLAIN QUERY PLAN ");

        plans.forEach((statement, plan) -> assertTrue(
                plan.stream().noneMatch(line -> line.startsWith("SCAN") && !line.equals("SCAN page")),
                () -> statement + "\n" + String.join("\n", plan)));
        assertCountsDeletedOnesOnly(plans);
    }

    @Test
    void postgresScansNoTableOfMessagesOrModeration() throws SQLException {
        DataSource database = filled(Postgres.newDatabase());
        StoresContract.execute(database, "ANALYZE");

        Map<String, List<String>> plans = plans(database, "EXPLAIN ");

        plans.forEach((statement, plan) -> assertTrue(
                plan.stream().noneMatch(line -> line.matches(SCANS_WHAT_GROWS)),
                () -> statement + "\n" + String.join("\n", plan)));
        assertCountsDeletedOnesOnly(plans);
    }

    private static void assertCountsDeletedOnesOnly(Map<String, List<String>> plans) {
        List<List<String>> counting = plans.entrySet().stream()
                .filter(each -> each.getKey().contains("AS deleted"))
                .map(Map.Entry::getValue)
                .toList();

        assertEquals(2, counting.size());
        counting.forEach(plan -> assertTrue(
                plan.stream().anyMatch(line -> line.contains("chat_conversation_message_deleted")),
                () -> String.join("\n", plan)));
    }

    private static DataSource filled(DataSource database) throws SQLException {
        JdbcStores.create(database).close();
        SOME.fill(database);
        SOME.addModeration(database);
        return database;
    }

    private static Map<String, List<String>> plans(DataSource database, String explain) {
        var explained = new ExplainedSource(database, explain);
        try (JdbcStores stores = JdbcStores.create(explained.source())) {
            stores.conversations().read(kept -> {
                lookEverywhere(kept);
                return true;
            });
            stores.conversations().write(writer -> {
                Conversation conversation = writer.lock(new ConversationId(4)).orElseThrow();
                Participant ann =
                        writer.participant(conversation.id(), ManyMessages.ANN).orElseThrow();
                ChatMessage message =
                        writer.messages(conversation.id(), Optional.empty(), 1).get(0);
                writer.update(conversation);
                writer.update(ann);
                writer.update(message);
                writer.react(message.id(), ManyMessages.ANN, "👍");
                writer.unreact(message.id(), ManyMessages.ANN, "👍");
                moderate(writer.moderation(), message);
                writer.upkeep().remove(message);
                writer.upkeep().readByAll(conversation.id(), 10);
                writer.upkeep().forgetAuthorOf(message.id());
                writer.remove(conversation.id(), ManyMessages.ANN);
                return writer.add(ann);
            });
        }
        return explained.plans();
    }

    private static void lookEverywhere(ConversationReader kept) {
        ConversationId id = new ConversationId(8);
        List<ConversationSummary> list = kept.conversationsOf(ManyMessages.ANN, Optional.empty(), 20);
        kept.conversationsOf(ManyMessages.ANN, Optional.of(list.get(9).position()), 20);
        kept.conversation(id);
        kept.participant(id, ManyMessages.ANN);
        kept.participants(id, 2, 20);
        kept.participantCount(id);
        kept.publicGroups(ManyMessages.ANN, Instant.EPOCH, Optional.empty(), Optional.of(id), 20);
        kept.publicGroups(ManyMessages.ANN, Instant.EPOCH, Optional.of("news"), Optional.empty(), 20);
        kept.countAfter(id, 20, List.of(new UserId("p8")), ManyMessages.ANN);
        kept.lastSeen(List.of(ManyMessages.ANN));
        kept.countAfter(id, 10);
        List<ChatMessage> page = kept.messages(id, Optional.empty(), 20);
        List<ChatMessageId> ids = page.stream().map(ChatMessage::id).toList();
        kept.messages(id, Optional.of(ids.get(9)), 20);
        kept.message(ids.get(0));
        kept.saidAs(id, ManyMessages.ANN, "c");
        kept.thread(ids.get(19), ids.get(9), 20);
        kept.reactions(ids, ManyMessages.ANN);
        kept.hasBlocked(ManyMessages.ANN, page.get(0).author());
        kept.blockedBy(ManyMessages.ANN);
        lookAsAJob(kept, page.get(0));
        lookAtModeration(kept.moderation(), id, ids.get(0));
        lookAtMembers(kept, id);
        assertEquals(20, list.size());
        assertEquals(20, ids.size());
    }

    private static void lookAsAJob(ConversationReader kept, ChatMessage some) {
        Instant then = some.createdAt();
        kept.upkeep().conversations(Optional.of(some.conversation()), 20);
        kept.upkeep().oldest(some.conversation(), then, 20);
        kept.upkeep().saidBy(some.author(), Optional.of(some.id()), 20);
        kept.upkeep().reactionsBy(ManyMessages.ANN, Optional.of(new OwnReaction(some.id(), "x")), 20);
        kept.upkeep().activity(Optional.of(some.conversation()), then, then.plusNanos(1));
        kept.upkeep().activity(Optional.empty(), then, then.plusNanos(1));
        kept.upkeep().pinnedBy(ManyMessages.ANN, Optional.of(new ChatMessageId(1)), 20);
        kept.upkeep().invitedBy(ManyMessages.ANN, Optional.of(new InvitationId(1)), 20);
        kept.upkeep().reportedBy(ManyMessages.ANN, OptionalLong.of(1), 20);
        kept.upkeep().authorsBetween(then, then.plusNanos(1));
    }

    private static void lookAtModeration(ModerationReader kept, ConversationId id, ChatMessageId message) {
        kept.ban(id, ManyMessages.ANN);
        kept.bans(id, OptionalLong.of(400), 20);
        kept.lastSaid(id, ManyMessages.ANN);
        kept.report(7);
        kept.report(message, ManyMessages.ANN);
        kept.isReported(message);
        kept.openReports(OptionalLong.of(400), 20);
        kept.openReports(id, Optional.of(Role.OWNER), OptionalLong.of(400), 20);
        kept.audit(OptionalLong.of(400), 20);
        kept.audit(id, OptionalLong.of(400), 20);
    }

    private static void moderate(ModerationWriter writer, ChatMessage message) {
        ConversationId id = message.conversation();
        Instant now = message.createdAt();
        long number = writer.newModerationNumber() + 1_000_000;
        writer.keep(new Ban(number, id, ManyMessages.ANN, ManyMessages.ANN, "", now, Optional.empty()));
        writer.unban(id, ManyMessages.ANN);
        writer.said(id, ManyMessages.ANN, now);
        var report = new Report(
                number,
                id,
                message.id(),
                message.author(),
                Role.MEMBER,
                "",
                ManyMessages.ANN,
                "spam",
                "",
                now,
                ReportState.OPEN,
                Optional.empty(),
                Optional.empty());
        writer.add(report);
        writer.update(report);
        writer.add(new AuditEntry(
                number,
                id,
                ManyMessages.ANN,
                ModerationAction.KICK,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                now));
    }

    private static void lookAtMembers(ConversationReader kept, ConversationId id) {
        kept.participantsNamed(id, "p8", 10);
        kept.pins().of(id);
        kept.settings().of(id, ManyMessages.ANN);
        kept.settings().list(ManyMessages.ANN, Listed.ARCHIVED, Instant.EPOCH, Optional.empty(), 20);
        kept.settings().recipients(id, ManyMessages.ANN, 2, 20);
        kept.invitations().find(new InvitationId(1));
        kept.invitations().withHash("h");
        kept.invitations().of(id);
        kept.invitations().isAllowed(id, ManyMessages.ANN);
        kept.invitations().allowed(id, 0, 20);
        kept.invitations().openTo(ManyMessages.ANN, Optional.of(id), 20);
    }
}

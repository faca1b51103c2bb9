package io.channelbox.jdbc;

import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.Ban;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ModerationWriter;
import io.channelbox.conversation.Mute;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.Role;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a transaction sees of moderation. */
final class ModerationTransaction implements ModerationWriter {

    private final ConversationTransaction whole;

    ModerationTransaction(ConversationTransaction whole) {
        this.whole = whole;
    }

    private static long below(OptionalLong before) {
        return before.orElse(Long.MAX_VALUE);
    }

    @Override
    public Optional<Ban> ban(ConversationId conversation, UserId user) {
        return whole.in(open -> BanRows.find(open, conversation, user));
    }

    @Override
    public List<Ban> bans(ConversationId conversation, OptionalLong before, int limit) {
        return whole.in(open -> BanRows.page(open, conversation, below(before), limit));
    }

    @Override
    public Optional<Mute> mute(ConversationId conversation, UserId user) {
        return whole.in(open -> MuteRows.find(open, conversation, user));
    }

    @Override
    public Optional<Instant> lastSaid(ConversationId conversation, UserId user) {
        return whole.in(open -> BanRows.lastSaid(open, conversation, user));
    }

    @Override
    public Optional<Report> report(long number) {
        return whole.in(open -> ReportRows.find(open, number));
    }

    @Override
    public Optional<Report> report(ChatMessageId message, UserId by) {
        return whole.in(open -> ReportRows.find(open, message, by));
    }

    @Override
    public boolean isReported(ChatMessageId message) {
        return whole.in(open -> ReportRows.isReported(open, message));
    }

    @Override
    public List<Report> openReports(OptionalLong before, int limit) {
        return whole.in(open -> ReportRows.open(open, below(before), limit));
    }

    @Override
    public List<Report> openReports(ConversationId conversation, Optional<Role> above, OptionalLong before, int limit) {
        return whole.in(open -> ReportRows.open(open, conversation, above, below(before), limit));
    }

    @Override
    public List<AuditEntry> audit(OptionalLong before, int limit) {
        return whole.in(open -> AuditRows.page(open, below(before), limit));
    }

    @Override
    public List<AuditEntry> audit(ConversationId conversation, OptionalLong before, int limit) {
        return whole.in(open -> AuditRows.page(open, conversation, below(before), limit));
    }

    @Override
    public long newModerationNumber() {
        return whole.next("moderation");
    }

    @Override
    public void keep(Ban ban) {
        whole.run(open -> BanRows.keep(open, ban));
    }

    @Override
    public boolean unban(ConversationId conversation, UserId user) {
        return whole.in(open -> BanRows.remove(open, conversation, user));
    }

    @Override
    public void keep(Mute mute) {
        whole.run(open -> MuteRows.keep(open, mute));
    }

    @Override
    public boolean forgetMute(ConversationId conversation, UserId user) {
        return whole.in(open -> MuteRows.remove(open, conversation, user));
    }

    @Override
    public void said(ConversationId conversation, UserId user, Instant time) {
        whole.run(open -> BanRows.said(open, conversation, user, time));
    }

    @Override
    public void add(Report report) {
        whole.run(open -> ReportRows.add(open, report));
    }

    @Override
    public void update(Report report) {
        whole.run(open -> ReportRows.update(open, report));
    }

    @Override
    public void add(AuditEntry entry) {
        whole.run(open -> AuditRows.add(open, entry));
    }
}

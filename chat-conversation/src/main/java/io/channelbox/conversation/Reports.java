package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.UserId;
import java.util.Optional;

/** What people report. */
final class Reports {

    private final ConversationStore store;
    private final Changes changes;

    Reports(ConversationStore store, Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    Report report(UserId me, ChatMessageId id, String reason, String text) {
        ConversationId home = store.read(kept -> kept.message(id))
                .map(ChatMessage::conversation)
                .orElseThrow(NotAllowedException::new);
        return changes.of(home, change -> {
            change.require(me);
            ChatMessage message = change.store()
                    .message(id)
                    .filter(found -> !found.isDeleted() && !found.author().equals(me))
                    .orElseThrow(NotAllowedException::new);
            ModerationWriter kept = change.store().moderation();
            return kept.report(id, me).orElseGet(() -> keep(change, newReport(change, message, me, reason, text)));
        });
    }

    private static Report newReport(Change change, ChatMessage message, UserId me, String reason, String text) {
        Role authorRole = change.store()
                .participant(change.id(), message.author())
                .map(Participant::role)
                .orElse(Role.MEMBER);
        return new Report(
                change.store().moderation().newModerationNumber(),
                change.id(),
                message.id(),
                message.author(),
                authorRole,
                message.content(),
                me,
                reason,
                text,
                change.now(),
                ReportState.OPEN,
                Optional.empty(),
                Optional.empty());
    }

    private static Report keep(Change change, Report report) {
        change.store().moderation().add(report);
        change.telling().accept(new ConversationEvent.ReportChanged(report));
        return report;
    }
}

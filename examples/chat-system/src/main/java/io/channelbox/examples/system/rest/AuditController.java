package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.before;
import static io.channelbox.examples.system.rest.Asked.conversation;

import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What those have done who moderate, the latest first. */
@RestController
@RequestMapping("/api/v1/chat")
class AuditController {

    /** Something that was done. */
    record AuditJson(
            long id,
            long conversationId,
            String byId,
            String action,
            Optional<String> userId,
            Optional<Long> messageId,
            String reason,
            Optional<Instant> until,
            Optional<Long> slowModeSeconds,
            Instant at) {

        static AuditJson of(AuditEntry entry) {
            return new AuditJson(
                    entry.number(),
                    entry.conversation().value(),
                    entry.by().value(),
                    Views.word(entry.action()),
                    entry.user().map(UserId::value),
                    entry.message().map(ChatMessageId::value),
                    entry.reason(),
                    entry.until(),
                    entry.slowMode().map(Duration::toSeconds),
                    entry.at());
        }
    }

    private final Moderation moderation;

    AuditController(Moderation moderation) {
        this.moderation = moderation;
    }

    @GetMapping("/conversations/{id}/audit")
    List<AuditJson> ofGroup(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "50") int limit) {
        return moderation.audit(me, conversation(id), before(before), Asked.limit(limit)).stream()
                .map(AuditJson::of)
                .toList();
    }

    @GetMapping("/moderation/audit")
    List<AuditJson> all(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "50") int limit) {
        return moderation.audit(me, before(before), Asked.limit(limit)).stream()
                .map(AuditJson::of)
                .toList();
    }
}

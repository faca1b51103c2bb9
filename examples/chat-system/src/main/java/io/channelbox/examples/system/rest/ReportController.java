package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.before;
import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.message;
import static io.channelbox.examples.system.rest.Asked.reason;
import static io.channelbox.examples.system.rest.Asked.require;

import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.moderation.ReportedMessage;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is reported, and what becomes of it. */
@RestController
@RequestMapping("/api/v1/chat")
class ReportController {

    /** A report, with what the message said then. */
    record ReportJson(
            long id,
            long conversationId,
            long messageId,
            String authorId,
            String content,
            String reportedBy,
            String reason,
            String text,
            Instant reportedAt,
            String state,
            Optional<String> settledBy,
            Optional<Instant> settledAt) {

        static ReportJson of(Report report) {
            return new ReportJson(
                    report.number(),
                    report.conversation().value(),
                    report.message().value(),
                    report.author().value(),
                    report.content(),
                    report.by().value(),
                    report.reason(),
                    report.text(),
                    report.at(),
                    Views.word(report.state()),
                    report.settledBy().map(UserId::value),
                    report.settledAt());
        }
    }

    /** A report, its message as it is now, and what was said before it. */
    record ReportedJson(ReportJson report, MessageView message, List<MessageView> before) {

        static ReportedJson of(ReportedMessage reported) {
            return new ReportedJson(
                    ReportJson.of(reported.report()),
                    MessageView.of(reported.message()),
                    reported.before().stream().map(MessageView::of).toList());
        }
    }

    private final Conversations conversations;
    private final Moderation moderation;

    ReportController(Conversations conversations, Moderation moderation) {
        this.conversations = conversations;
        this.moderation = moderation;
    }

    @PostMapping("/messages/{id}/report")
    Success report(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Reported body) {
        String text = Objects.requireNonNullElse(body.text(), "");
        conversations.report(me, message(id), require("reason", body.reason()), text);
        return Success.YES;
    }

    /** Those of a group that are open, the newest first. */
    @GetMapping("/conversations/{id}/reports")
    List<ReportJson> ofGroup(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "50") int limit) {
        return moderation.openReports(me, conversation(id), before(before), Asked.limit(limit)).stream()
                .map(ReportJson::of)
                .toList();
    }

    /** All that are open, the newest first. */
    @GetMapping("/moderation/reports")
    List<ReportJson> all(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "50") int limit) {
        return moderation.openReports(me, before(before), Asked.limit(limit)).stream()
                .map(ReportJson::of)
                .toList();
    }

    @GetMapping("/moderation/reports/{number}")
    ReportedJson one(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long number) {
        return ReportedJson.of(moderation.report(me, number));
    }

    @PostMapping("/moderation/reports/{number}/resolve")
    ReportJson resolve(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long number,
            @RequestBody(required = false) Optional<Bodies.Reason> body) {
        String reason = reason(body.map(Bodies.Reason::reason).orElse(""));
        return ReportJson.of(moderation.resolve(me, number, reason));
    }

    @PostMapping("/moderation/reports/{number}/dismiss")
    ReportJson dismiss(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long number,
            @RequestBody(required = false) Optional<Bodies.Reason> body) {
        String reason = reason(body.map(Bodies.Reason::reason).orElse(""));
        return ReportJson.of(moderation.dismiss(me, number, reason));
    }
}

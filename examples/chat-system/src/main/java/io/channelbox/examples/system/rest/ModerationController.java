package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.reason;
import static io.channelbox.examples.system.rest.Asked.require;
import static io.channelbox.examples.system.rest.Asked.term;
import static io.channelbox.examples.system.rest.Asked.user;
import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.ModerationChange;
import io.channelbox.conversation.SpeechLimits;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.ParticipantJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who may speak in a group, and how often. For its admins, and for moderators. */
@RestController
@RequestMapping("/api/v1/chat/conversations/{id}")
class ModerationController {

    private static final long SLOWEST = Duration.ofDays(1).toSeconds();

    /** When members may speak. */
    record LimitsJson(long slowModeSeconds, boolean frozen) {

        static LimitsJson of(SpeechLimits limits) {
            return new LimitsJson(limits.slowMode().toSeconds(), limits.frozen());
        }
    }

    private final Conversations conversations;
    private final Moderation moderation;

    ModerationController(Conversations conversations, Moderation moderation) {
        this.conversations = conversations;
        this.moderation = moderation;
    }

    @PutMapping("/participants/{userId}/voice")
    ParticipantJson voice(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @PathVariable String userId,
            @RequestBody Bodies.Voice body) {
        UserId other = user("path.user_id", userId);
        boolean muted = require("muted", body.muted());
        if (!muted && body.seconds() != null) {
            throw wrong("seconds", "must be left out where muted is false");
        }
        return ParticipantJson.of(
                muted
                        ? moderation.mute(me, conversation(id), other, term(body.seconds()), reason(body.reason()))
                        : moderation.unmute(me, conversation(id), other, reason(body.reason())));
    }

    @PostMapping("/participants/{userId}/kick")
    Success kick(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @PathVariable String userId,
            @RequestBody(required = false) Optional<Bodies.Reason> body) {
        String reason = reason(body.map(Bodies.Reason::reason).orElse(""));
        moderation.kick(me, conversation(id), user("path.user_id", userId), reason);
        return Success.YES;
    }

    /** Changes what is named, all of it or nothing. */
    @PutMapping("/limits")
    LimitsJson limits(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Limits body) {
        Long slow = body.slowModeSeconds();
        if (slow == null && body.frozen() == null) {
            throw wrong("slow_mode_seconds", Asked.MISSING);
        }
        if (slow != null && (slow < 0 || slow > SLOWEST)) {
            throw wrong("slow_mode_seconds", "must be from 0 to " + SLOWEST);
        }
        return conversations.moderate(
                me, conversation(id), reason(body.reason()), change -> LimitsJson.of(limited(change, body)));
    }

    private static SpeechLimits limited(ModerationChange change, Bodies.Limits body) {
        Optional<SpeechLimits> limits = Optional.ofNullable(body.slowModeSeconds())
                .map(seconds -> change.slowTo(Duration.ofSeconds(seconds)).limits());
        return Optional.ofNullable(body.frozen())
                .map(frozen -> (frozen ? change.freeze() : change.thaw()).limits())
                .orElseGet(limits::orElseThrow);
    }
}

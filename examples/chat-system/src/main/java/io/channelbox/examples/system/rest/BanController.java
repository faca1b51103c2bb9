package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.before;
import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.reason;
import static io.channelbox.examples.system.rest.Asked.term;
import static io.channelbox.examples.system.rest.Asked.user;

import io.channelbox.conversation.Ban;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is kept out of a group. */
@RestController
@RequestMapping("/api/v1/chat/conversations/{id}/bans")
class BanController {

    /** Somebody who was banned; one whose time is over no longer holds. */
    record BanJson(
            long id,
            String userId,
            String bannedBy,
            String reason,
            Instant since,
            Optional<Instant> until,
            boolean holds) {

        static BanJson of(Ban ban, Instant now) {
            return new BanJson(
                    ban.number(),
                    ban.user().value(),
                    ban.by().value(),
                    ban.reason(),
                    ban.since(),
                    ban.until(),
                    ban.holds(now));
        }
    }

    private final Moderation moderation;
    private final InstantSource clock = InstantSource.system();

    BanController(Moderation moderation) {
        this.moderation = moderation;
    }

    @PutMapping("/{userId}")
    BanJson ban(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @PathVariable String userId,
            @RequestBody Bodies.Banned body) {
        Ban ban = moderation.ban(
                me, conversation(id), user("path.user_id", userId), term(body.seconds()), reason(body.reason()));
        return BanJson.of(ban, clock.instant());
    }

    @DeleteMapping("/{userId}")
    Success unban(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @PathVariable String userId,
            @RequestParam(defaultValue = "") String reason) {
        return new Success(moderation.unban(me, conversation(id), user("path.user_id", userId), reason));
    }

    /** The last one first. */
    @GetMapping
    List<BanJson> all(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "50") int limit) {
        Instant now = clock.instant();
        return moderation.bans(me, conversation(id), before(before), Asked.limit(limit)).stream()
                .map(ban -> BanJson.of(ban, now))
                .toList();
    }
}

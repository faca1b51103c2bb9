package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.MemberSettings;
import io.channelbox.conversation.PersonalSettings;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What somebody sets for themselves: quiet conversations, and those that are put away. */
@RestController
@RequestMapping("/api/v1/chat/conversations/{id}/settings")
class SettingsController {

    /** What somebody has set. */
    record SettingsJson(boolean muted, Optional<Instant> mutedUntil, boolean archived) {}

    private final Conversations conversations;
    private final InstantSource clock = InstantSource.system();

    SettingsController(Conversations conversations) {
        this.conversations = conversations;
    }

    @PutMapping
    SettingsJson set(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Settings body) {
        ConversationId conversation = conversation(id);
        PersonalSettings settings = conversations.settings();
        settings.of(me, conversation);
        mute(me, conversation, body);
        if (Boolean.TRUE.equals(body.archived())) {
            settings.archive(me, conversation);
        } else if (body.archived() != null) {
            settings.unarchive(me, conversation);
        }
        return shown(me, conversation);
    }

    private void mute(UserId me, ConversationId conversation, Bodies.Settings body) {
        Instant until = body.mutedUntil();
        boolean muted = Objects.requireNonNullElse(body.muted(), until != null);
        if (until != null && (!muted || !until.isAfter(clock.instant()))) {
            throw wrong("muted_until", muted ? "must be later than now" : "must be left out where muted is false");
        }
        if (until != null) {
            conversations.settings().mute(me, conversation, until);
        } else if (muted) {
            conversations.settings().mute(me, conversation);
        } else if (body.muted() != null) {
            conversations.settings().unmute(me, conversation);
        }
    }

    private SettingsJson shown(UserId me, ConversationId id) {
        MemberSettings settings = conversations.settings().of(me, id);
        Instant now = clock.instant();
        return new SettingsJson(
                settings.isMuted(now),
                settings.mutedUntil().filter(now::isBefore),
                settings.isArchived(conversations.conversation(me, id), now));
    }
}

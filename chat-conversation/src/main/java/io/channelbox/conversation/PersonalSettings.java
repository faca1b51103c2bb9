package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What users set for themselves about a conversation that they are in. It is told to themselves only, on all their devices. What is thrown is as
 * with {@link Conversations}, which has them.
 */
public final class PersonalSettings {

    private final ConversationStore store;
    private final Changes changes;

    PersonalSettings(ConversationStore store, Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    /** Returns what the user has set. */
    public MemberSettings of(UserId me, ConversationId id) {
        return store.read(kept -> {
            if (kept.participant(id, me).isEmpty()) {
                throw new NotAllowedException();
            }
            return kept.settings().of(id, me);
        });
    }

    /** Keeps notifications of a conversation away, unless somebody mentions the user by name. */
    public MemberSettings mute(UserId me, ConversationId id) {
        return mute(me, id, MemberSettings.FOREVER);
    }

    /** Keeps notifications of a conversation away until then, unless somebody mentions the user by name. */
    public MemberSettings mute(UserId me, ConversationId id, Instant until) {
        Objects.requireNonNull(until, "until");
        return change(me, id, (change, before) -> {
            if (!until.isAfter(change.now())) {
                throw Texts.refusal("until", "must be later than now");
            }
            return before.mutedUntil(Optional.of(until));
        });
    }

    /** Lets notifications of a conversation come again. */
    public MemberSettings unmute(UserId me, ConversationId id) {
        return change(me, id, (change, before) -> before.mutedUntil(Optional.empty()));
    }

    /** Takes a conversation out of the user's list, until something is said there; or while its notifications are muted, until it is taken back. */
    public MemberSettings archive(UserId me, ConversationId id) {
        return change(
                me,
                id,
                (change, before) ->
                        before.archivedAfter(Optional.of(change.conversation().lastSequence())));
    }

    /** Takes a conversation back into the user's list. */
    public MemberSettings unarchive(UserId me, ConversationId id) {
        return change(me, id, (change, before) -> before.archivedAfter(Optional.empty()));
    }

    private MemberSettings change(
            UserId me, ConversationId id, BiFunction<Change, MemberSettings, MemberSettings> work) {
        return changes.of(id, change -> {
            change.require(me);
            MemberSettings before = change.store().settings().of(id, me);
            MemberSettings after = work.apply(change, before);
            if (!after.equals(before)) {
                change.store().settings().put(id, me, after);
                change.telling()
                        .accept(new ConversationEvent.SettingsChanged(change.conversation(), me, after, change.now()));
            }
            return after;
        });
    }
}

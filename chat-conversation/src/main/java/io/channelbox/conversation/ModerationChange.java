package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A conversation that somebody moderates, and nobody else changes meanwhile. Whatever is done is noted in the audit log and told. Not to be used when
 * the work it was given to has returned.
 */
public final class ModerationChange {

    private final Change change;
    private final UserId me;
    private final boolean everywhere;
    private final String reason;

    private ModerationChange(Change change, UserId me, boolean everywhere, String reason) {
        this.change = change;
        this.me = me;
        this.everywhere = everywhere;
        this.reason = AuditEntry.checkedReason(reason);
    }

    /** Returns what an admin of a group changes, or who moderates everywhere. */
    static ModerationChange by(UserId me, boolean everywhere, Change change, String reason) {
        if (!everywhere) {
            change.requireGroup();
            change.require(me, Role.ADMIN);
        }
        return new ModerationChange(change, me, everywhere, reason);
    }

    /** Returns the time of the change. */
    public Instant now() {
        return change.now();
    }

    /** Takes somebody's voice until then, or until it is given back. */
    public Participant mute(UserId user, Optional<Instant> until) {
        Participant found = requireBelow(user);
        Participant muted = found.mutedUntil(until);
        if (muted.equals(found)) {
            return found;
        }
        change.replace(muted, me);
        audit(ModerationAction.MUTE, Optional.of(user), Optional.empty(), until, Optional.empty());
        return muted;
    }

    /** Gives somebody their voice again. */
    public Participant unmute(UserId user) {
        Participant found = requireBelow(user);
        if (!found.muted()) {
            return found;
        }
        Participant heard = change.replace(found.unmuted(), me);
        audit(ModerationAction.UNMUTE, user);
        return heard;
    }

    /**
     * Takes somebody out, who may come back.
     *
     * @throws PeerException {@code owner} when they own the group
     */
    public void kick(UserId user) {
        Participant found = requireNoOwner(requireBelow(user));
        change.remove(found, me);
        audit(ModerationAction.KICK, user);
    }

    /**
     * Keeps somebody out until then, or until it is lifted; and takes them out, if they are there.
     *
     * @throws PeerException {@code owner} when they own the group
     */
    public Ban ban(UserId user, Optional<Instant> until) {
        change.requireGroup();
        if (user.equals(me)) {
            throw new NotAllowedException();
        }
        if (change.store().participant(change.id(), user).isPresent()) {
            change.remove(requireNoOwner(requireBelow(user)), me);
        }
        change.disallow(user, me);
        var ban = new Ban(moderation().newModerationNumber(), change.id(), user, me, reason, now(), until);
        moderation().keep(ban);
        audit(ModerationAction.BAN, Optional.of(user), Optional.empty(), until, Optional.empty());
        return ban;
    }

    /** Ends a ban. Answers false when there was none. */
    public boolean unban(UserId user) {
        change.requireGroup();
        boolean lifted = moderation().unban(change.id(), user);
        if (lifted) {
            audit(ModerationAction.UNBAN, user);
        }
        return lifted;
    }

    /** Deletes what somebody else said; in a direct conversation only what was reported. */
    public ChatMessage delete(ChatMessageId id) {
        ChatMessage message = change.store()
                .message(id)
                .filter(found -> found.conversation().equals(change.id()) && !found.isDeleted())
                .filter(found ->
                        !change.conversation().isDirect() || moderation().isReported(id))
                .orElseThrow(NotAllowedException::new);
        ChatMessage deleted = change.delete(message, me);
        audit(
                ModerationAction.DELETE,
                Optional.of(message.author()),
                Optional.of(id),
                Optional.empty(),
                Optional.empty());
        return deleted;
    }

    /** Lets nobody but admins speak. */
    public Conversation freeze() {
        return limit(ModerationAction.FREEZE, Optional.empty(), limits -> limits.frozen(true));
    }

    /** Lets everybody speak again. */
    public Conversation thaw() {
        return limit(ModerationAction.THAW, Optional.empty(), limits -> limits.frozen(false));
    }

    /** Lets members wait this long from one message to their next; zero is not at all. */
    public Conversation slowTo(Duration time) {
        return limit(ModerationAction.SLOW_MODE, Optional.of(time), limits -> limits.slowedTo(time));
    }

    private Conversation limit(
            ModerationAction action, Optional<Duration> slowMode, UnaryOperator<SpeechLimits> limiting) {
        change.requireGroup();
        Conversation before =
                change.store().conversation(change.id()).orElseThrow(); // as limited before in this change
        SpeechLimits limits = limiting.apply(before.limits());
        if (limits.equals(before.limits())) {
            return before;
        }
        Conversation limited = change.replace(before.limited(limits, now()), me);
        audit(action, Optional.empty(), Optional.empty(), Optional.empty(), slowMode);
        return limited;
    }

    /** Decides about a report of somebody else's message. One that was decided about stays as it is. */
    public Report settle(long number, ReportState decision) {
        if (decision == ReportState.OPEN) {
            throw new IllegalArgumentException("a report is settled as resolved or dismissed");
        }
        Report report = moderation()
                .report(number)
                .filter(found -> found.conversation().equals(change.id()))
                .filter(found -> !found.author().equals(me))
                .filter(found ->
                        everywhere || found.isAboutOneBelow(change.require(me).role(), change.store()))
                .orElseThrow(NotAllowedException::new);
        if (report.state() != ReportState.OPEN) {
            return report;
        }
        Report settled = report.settled(decision, me, now());
        moderation().update(settled);
        change.telling().accept(new ConversationEvent.ReportChanged(settled));
        audit(
                decision == ReportState.RESOLVED ? ModerationAction.RESOLVE : ModerationAction.DISMISS,
                Optional.of(report.author()),
                Optional.of(report.message()),
                Optional.empty(),
                Optional.empty());
        return settled;
    }

    /** Nobody moderates themselves. */
    private Participant requireBelow(UserId user) {
        change.requireGroup();
        return everywhere && !user.equals(me)
                ? change.require(user)
                : change.requireBelow(change.require(me, Role.ADMIN), user);
    }

    private static Participant requireNoOwner(Participant found) {
        if (found.role() == Role.OWNER) {
            throw new PeerException(
                    Conversations.OWNER, "the owner of a group cannot be taken out: mute them, or freeze it");
        }
        return found;
    }

    private void audit(ModerationAction action, UserId user) {
        audit(action, Optional.of(user), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void audit(
            ModerationAction action,
            Optional<UserId> user,
            Optional<ChatMessageId> message,
            Optional<Instant> until,
            Optional<Duration> slowMode) {
        var entry = new AuditEntry(
                moderation().newModerationNumber(),
                change.id(),
                me,
                action,
                user,
                message,
                reason,
                until,
                slowMode,
                now());
        moderation().add(entry);
        change.telling().accept(new ConversationEvent.Audited(entry));
    }

    private ModerationWriter moderation() {
        return change.store().moderation();
    }
}

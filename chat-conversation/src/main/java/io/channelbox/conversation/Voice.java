package io.channelbox.conversation;

import io.channelbox.message.PeerException;
import java.time.Duration;
import java.time.Instant;

/** Whether somebody may be heard in a conversation now. */
final class Voice {

    private Voice() {}

    static void require(Change change, Participant mine) {
        require(change.store(), change.conversation(), mine);
    }

    /** Refuses whoever cannot speak there, as they are at the moment. */
    static void require(ConversationReader kept, Conversation there, Participant mine) {
        if (!there.active()) {
            throw new PeerException(Conversations.ARCHIVED, "this conversation is archived");
        }
        if (mine.muted()) {
            throw new PeerException(Conversations.MUTED, "you are muted in this conversation");
        }
        if (there.limits().frozen() && isMember(mine)) {
            throw new PeerException(Conversations.FROZEN, "only admins speak here at the moment");
        }
        if (there.isDirect()) {
            kept.participants(there.id(), 0, 2).stream()
                    .map(Participant::user)
                    .filter(other -> !other.equals(mine.user()))
                    .forEach(other -> People.refuseIfBlocked(kept, mine.user(), other));
        }
    }

    /** In slow mode, keeps who has just said something waiting; and notes that they say something now. */
    static void requirePause(Change change, Participant mine) {
        Duration pause = change.conversation().limits().slowMode();
        if (pause.isZero() || !isMember(mine)) {
            return;
        }
        ModerationWriter kept = change.store().moderation();
        Instant next = kept.lastSaid(change.id(), mine.user())
                .map(last -> last.plus(pause))
                .orElse(change.now());
        if (change.now().isBefore(next)) {
            Duration wait = Duration.between(change.now(), next);
            wait = wait.compareTo(pause) > 0 ? pause : wait; // the clock was put back
            throw new PeerException(Conversations.SLOW_MODE, "wait before you say more: slow mode is on", wait);
        }
        kept.said(change.id(), mine.user(), change.now());
    }

    private static boolean isMember(Participant mine) {
        return !mine.role().isAtLeast(Role.ADMIN);
    }
}

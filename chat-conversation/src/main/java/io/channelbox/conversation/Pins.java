package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.List;

/** The messages that are kept at hand in conversations. The rules, and what is thrown, are as with {@link Conversations}, which has them. */
public final class Pins {

    /** How many messages a conversation has pinned at most. */
    public static final int MOST = 50;

    private final ConversationStore store;
    private final Speech speech;

    Pins(ConversationStore store, Speech speech) {
        this.store = store;
        this.speech = speech;
    }

    /**
     * Pins a message. In groups admins may, in a direct conversation both, while they may speak there. Answers false when it is pinned already.
     *
     * @throws io.channelbox.message.PeerException {@code full} when {@value #MOST} are pinned, {@code archived} or {@code muted}
     */
    public boolean pin(UserId me, ChatMessageId id) {
        return speech.ofMessage(me, id, (change, message) -> {
            requireKeeper(me, change);
            List<PinnedMessage> pinned = change.store().pins().of(change.id());
            if (pinned.stream().anyMatch(each -> each.message().id().equals(id))) {
                return false;
            }
            if (pinned.size() >= MOST) {
                throw new PeerException(Conversations.FULL, MOST + " messages are pinned here: unpin one first");
            }
            change.store().pins().add(message, me, change.now());
            change.telling().accept(new ConversationEvent.Pinned(message, me, true));
            return true;
        });
    }

    /** Pins a message no more. Who may pin it may. Answers false when it was not pinned. What is deleted is pinned no more. */
    public boolean unpin(UserId me, ChatMessageId id) {
        return speech.ofMessage(me, id, (change, message) -> {
            requireKeeper(me, change);
            return remove(change, message, me);
        });
    }

    private static void requireKeeper(UserId me, Change change) {
        Participant mine = change.conversation().isDirect() ? change.require(me) : change.require(me, Role.ADMIN);
        Voice.require(change, mine);
    }

    static boolean remove(Change change, ChatMessage message, UserId by) {
        boolean removed = change.store().pins().remove(message.id());
        if (removed) {
            change.telling().accept(new ConversationEvent.Pinned(message, by, false));
        }
        return removed;
    }

    /** Returns what is pinned in a conversation that the user is in, the last that was pinned first. */
    public List<PinnedMessage> list(UserId me, ConversationId id) {
        return store.read(kept -> {
            if (kept.participant(id, me).isEmpty()) {
                throw new NotAllowedException();
            }
            return kept.pins().of(id);
        });
    }
}

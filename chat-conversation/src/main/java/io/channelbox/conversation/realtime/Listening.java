package io.channelbox.conversation.realtime;

import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Moderators;
import io.channelbox.conversation.Role;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that nobody goes on hearing what they may hear no more: of conversations, and of moderation. */
final class Listening {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);
    private static final int MOST_FAILURES = 100;

    private record Removal(GroupName group, UserId user) {}

    private final ChannelBox box;
    private final ConversationStore store;
    // Who was removed here, and other nodes could not be told.
    private final Queue<Removal> untold = new ConcurrentLinkedQueue<>();
    // Who may listen to a conversation without being in it. Set before there are connections, and so are the
    // moderators.
    private volatile BiPredicate<ConversationId, UserId> others = (conversation, user) -> false;
    private volatile Moderators moderators = Moderators.NOBODY;
    private volatile boolean unfinished; // not all could be looked at

    Listening(ChannelBox box, ConversationStore store) {
        this.box = box;
        this.store = store;
    }

    void isAlsoFor(BiPredicate<ConversationId, UserId> listeners) {
        this.others = listeners;
    }

    void moderators(Moderators users) {
        this.moderators = users;
    }

    /** Takes a user out of groups, on all nodes; those that are not reached learn of it later. */
    void end(UserId user, GroupName... groups) {
        Optional<StoreException> unreached = Optional.empty();
        for (GroupName group : groups) {
            try {
                box.group(group).kick(user);
            } catch (StoreException e) {
                untold.add(new Removal(group, user));
                unreached = Optional.of(e);
            }
        }
        if (unreached.isPresent()) {
            throw unreached.get();
        }
    }

    /** This node was cut off: it has not heard who was removed meanwhile, and could not tell whom it removed. What fails is tried again. */
    void lookAgain() {
        boolean known = unfinished;
        unfinished = false;
        int failures = tried(this::endUntold, known);
        for (GroupName group : box.groups()) {
            failures += tried(() -> lookAgain(group), known || failures > 0);
            if (failures == MOST_FAILURES) {
                return;
            }
        }
    }

    private int tried(Runnable look, boolean known) {
        try {
            look.run();
            return 0;
        } catch (RuntimeException e) { // the store, or the other nodes
            unfinished = true;
            if (!known) {
                log.warn("Whether all may still hear what they hear could not be looked at, and is tried again", e);
            }
            return 1;
        }
    }

    /** Once a second. */
    void goOn() {
        if (unfinished || !untold.isEmpty()) {
            try {
                box.executor().execute(unfinished ? this::lookAgain : () -> tried(this::endUntold, true));
            } catch (RejectedExecutionException e) {
                log.debug("No thread to look who may hear what", e);
            }
        }
    }

    /** Takes those out on other nodes who could not be before. */
    void endUntold() {
        for (Removal removal = untold.peek(); removal != null; removal = untold.peek()) {
            if (!mayHear(removal.group(), removal.user())) {
                box.group(removal.group()).kick(removal.user());
            }
            untold.remove(removal);
        }
    }

    /** Takes those out of a group who are connected to this node and may not hear it any more. */
    void lookAgain(GroupName group) {
        if (isOfConversations(group) || isOfModeration(group)) {
            box.group(group).members().stream()
                    .map(member -> member.user().id())
                    .distinct()
                    .filter(user -> !mayHear(group, user))
                    .forEach(user -> end(user, group));
        }
    }

    private boolean mayHear(GroupName group, UserId user) {
        if (group.equals(ModerationRoom.EVERYWHERE)) {
            return moderators.include(user);
        }
        return ConversationTopic.number(group.id())
                .map(ConversationId::new)
                .map(id -> isOfModeration(group) ? isAdmin(id, user) : isIn(id, user) || others.test(id, user))
                .orElse(true);
    }

    private boolean isIn(ConversationId id, UserId user) {
        return store.read(kept -> kept.participant(id, user)).isPresent();
    }

    private boolean isAdmin(ConversationId id, UserId user) {
        return store.read(kept -> kept.participant(id, user))
                .filter(found -> found.role().isAtLeast(Role.ADMIN))
                .isPresent();
    }

    private static boolean isOfConversations(GroupName group) {
        return group.kind().equals(LiveConversations.KIND);
    }

    private static boolean isOfModeration(GroupName group) {
        return group.kind().equals(ModerationRoom.KIND) || group.equals(ModerationRoom.EVERYWHERE);
    }
}

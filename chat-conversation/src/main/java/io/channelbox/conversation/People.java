package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Who is in which conversation, and what they may do there. */
final class People {

    private static final int MOST_AT_ONCE = 1_000;

    private final ConversationStore store;
    private final Changes changes;
    private final UserDirectory directory;
    private final InstantSource clock;

    People(ConversationStore store, Changes changes, UserDirectory directory, InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.directory = directory;
        this.clock = clock;
    }

    Profile known(UserId user) {
        return directory.find(user).orElseThrow(NotAllowedException::new);
    }

    Conversation openDirect(UserId me, UserId other) {
        if (me.equals(other)) {
            throw Texts.refusal("user", "must be somebody else");
        }
        var pair = new DirectPair(me, other);
        Profile mine = known(me);
        Profile theirs = known(other);
        return store.read(kept -> {
                    refuseIfBlocked(kept, me, other);
                    return kept.direct(pair);
                })
                .orElseGet(() -> changes.ofNew(beginning -> {
                    refuseIfBlocked(beginning.store(), me, other);
                    return beginning.direct(me, pair, List.of(mine, theirs));
                }));
    }

    /** Who was blocked learns nothing of it, nor whether there is such a user. Who has blocked is to end that first. */
    static void refuseIfBlocked(ConversationReader kept, UserId me, UserId other) {
        if (kept.hasBlocked(other, me) || kept.hasBlocked(me, other)) {
            throw new NotAllowedException();
        }
    }

    Conversation createGroup(UserId me, GroupDetails details, Collection<UserId> members) {
        if (members.size() > MOST_AT_ONCE) {
            throw Texts.refusal("members", "must be at most " + MOST_AT_ONCE + ", were " + members.size());
        }
        Profile mine = known(me);
        var others = new LinkedHashSet<>(members);
        others.remove(me);
        List<Profile> theirs = others.stream().map(this::known).toList();
        return changes.ofNew(beginning -> {
            others.forEach(other -> refuseIfBlocked(beginning.store(), me, other));
            return beginning.group(mine, details, theirs);
        });
    }

    Participant add(UserId me, ConversationId id, UserId user) {
        Profile theirs = known(user);
        return changes.of(id, change -> {
            change.requireGroup();
            change.require(me, Role.ADMIN);
            refuseIfBlocked(change.store(), me, user);
            return change.add(theirs, me);
        });
    }

    Participant join(UserId me, ConversationId id) {
        Profile mine = known(me);
        return changes.of(id, change -> {
            Optional<Participant> there = change.store().participant(id, me);
            if (there.isPresent() || !isOpenTo(change, me)) {
                return there.orElseThrow(NotAllowedException::new);
            }
            return change.add(mine, me);
        });
    }

    private static boolean isOpenTo(Change change, UserId user) {
        return change.conversation().visibility() == Visibility.PUBLIC
                || change.store().invitations().isAllowed(change.id(), user);
    }

    void remove(UserId me, ConversationId id, UserId user) {
        changes.of(id, change -> {
            ModerationChange.by(me, false, change, "").kick(user);
            return change;
        });
    }

    void leave(UserId me, ConversationId id) {
        changes.of(id, change -> {
            change.requireGroup();
            Participant mine = change.require(me);
            boolean last = change.store().participantCount(id) == 1;
            if (mine.role() == Role.OWNER && !last) {
                throw new PeerException(Conversations.OWNER, "hand the group over to somebody else first");
            }
            change.remove(mine, me);
            if (last && change.conversation().active()) {
                change.replace(change.conversation().active(false, change.now()), me);
            }
            return change;
        });
    }

    Participant appoint(UserId me, ConversationId id, UserId user, Role role) {
        if (role == Role.OWNER) {
            throw Texts.refusal("role", "must be admin or member: a group is handed over to its next owner");
        }
        return changes.of(id, change -> {
            change.requireGroup();
            Participant found = change.requireBelow(change.require(me, Role.OWNER), user);
            return found.role() == role ? found : change.replace(found.in(role), me);
        });
    }

    Participant handOver(UserId me, ConversationId id, UserId user) {
        return changes.of(id, change -> {
            change.requireGroup();
            Participant mine = change.require(me, Role.OWNER);
            Participant next = change.requireBelow(mine, user);
            change.replace(mine.in(Role.ADMIN), me);
            return change.handOver(next, me);
        });
    }

    Participant mute(UserId me, ConversationId id, UserId user) {
        return changes.of(
                id, change -> ModerationChange.by(me, false, change, "").mute(user, Optional.empty()));
    }

    Participant unmute(UserId me, ConversationId id, UserId user) {
        return changes.of(
                id, change -> ModerationChange.by(me, false, change, "").unmute(user));
    }

    Conversation describe(UserId me, ConversationId id, GroupDetails details) {
        return changes.of(id, change -> {
            change.requireGroup();
            change.require(me, Role.ADMIN);
            change.requireActive();
            Conversation before = change.conversation();
            boolean same = before.described(details, before.updatedAt()).equals(before);
            return same ? before : change.replace(before.described(details, change.now()), me);
        });
    }

    Conversation activate(UserId me, ConversationId id, boolean active) {
        return changes.of(id, change -> {
            change.requireGroup();
            change.require(me, Role.OWNER);
            Conversation now = change.conversation();
            return now.active() == active ? now : change.replace(now.active(active, change.now()), me);
        });
    }

    void seen(UserId user) {
        if (directory.find(user).isPresent()) {
            store.write(kept -> {
                kept.seen(user, clock.instant());
                return true;
            });
        }
    }

    boolean block(UserId me, UserId other) {
        if (me.equals(other)) {
            throw Texts.refusal("user", "must be somebody else");
        }
        return store.write(kept -> kept.block(me, other));
    }

    boolean unblock(UserId me, UserId other) {
        return store.write(kept -> kept.unblock(me, other));
    }
}

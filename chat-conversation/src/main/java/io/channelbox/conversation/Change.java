package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A conversation that is being changed, and nobody else changes. */
record Change(ConversationWriter store, Conversation conversation, Instant now, Consumer<ConversationEvent> telling) {

    static Participant newParticipant(
            long number, ConversationId conversation, Profile profile, Role role, Instant now, long read) {
        return new Participant(
                number,
                conversation,
                profile.id(),
                profile.name(),
                profile.avatar(),
                role,
                false,
                now,
                read,
                Optional.of(now));
    }

    ConversationId id() {
        return conversation.id();
    }

    /** Returns somebody's place, who has to be here. */
    Participant require(UserId user) {
        return store.participant(id(), user).orElseThrow(NotAllowedException::new);
    }

    /** Returns somebody's place, who has to be here with at least this role. */
    Participant require(UserId user, Role role) {
        Participant found = require(user);
        if (!found.role().isAtLeast(role)) {
            throw new NotAllowedException();
        }
        return found;
    }

    /** Returns the place of somebody whom this one may do something to. */
    Participant requireBelow(Participant actor, UserId user) {
        Participant found = require(user);
        if (!actor.role().isAbove(found.role())) {
            throw new NotAllowedException();
        }
        return found;
    }

    void requireGroup() {
        if (conversation.isDirect()) {
            throw new NotAllowedException();
        }
    }

    void requireActive() {
        if (!conversation.active()) {
            throw new PeerException(Conversations.ARCHIVED, "this conversation is archived");
        }
    }

    /** Adds somebody who is not here, and has nothing unread. */
    Participant add(Profile profile, UserId by) {
        Participant added = newParticipant(
                store.newParticipantNumber(), id(), profile, Role.MEMBER, now, conversation.lastSequence());
        if (!store.add(added)) {
            return require(profile.id());
        }
        store.invitations().disallow(id(), profile.id());
        telling.accept(new ConversationEvent.ParticipantAdded(added, by));
        return added;
    }

    void remove(Participant participant, UserId by) {
        store.remove(id(), participant.user());
        telling.accept(new ConversationEvent.ParticipantRemoved(participant, by));
    }

    Participant replace(Participant changed, UserId by) {
        store.update(changed);
        telling.accept(new ConversationEvent.ParticipantChanged(changed, by));
        return changed;
    }

    Conversation replace(Conversation changed, UserId by) {
        store.update(changed);
        telling.accept(new ConversationEvent.Changed(changed, by));
        return changed;
    }
}

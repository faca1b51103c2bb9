package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
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
        return store.participant(id(), user).map(found -> found.at(now)).orElseThrow(NotAllowedException::new);
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

    /** Adds somebody who is not here, and has nothing unread; without a voice, where they had none when they went. */
    Participant add(Profile profile, UserId by) {
        requireComing(profile.id(), by);
        Participant coming = newParticipant(
                store.newParticipantNumber(), id(), profile, Role.MEMBER, now, conversation.lastSequence());
        Participant added = store.moderation()
                .mute(id(), profile.id())
                .map(mute -> coming.mutedUntil(mute.until()).at(now))
                .orElse(coming);
        if (!store.add(added)) {
            return require(profile.id());
        }
        store.moderation().forgetMute(id(), profile.id());
        store.invitations().disallow(id(), profile.id());
        telling.accept(new ConversationEvent.ParticipantAdded(added, by));
        return added;
    }

    /** Refuses to let in who is banned, who learns nothing themselves; and anybody where nothing is said any more. */
    void requireComing(UserId user, UserId by) {
        if (isBanned(store, id(), user, now)) {
            throw by.equals(user)
                    ? new NotAllowedException()
                    : new PeerException(Conversations.BANNED, "they are banned here");
        }
        requireActive();
    }

    /** Lets somebody join by themselves no more. Answers false when they could not. */
    boolean disallow(UserId user, UserId by) {
        boolean removed = store.invitations().disallow(id(), user);
        if (removed) {
            telling.accept(new ConversationEvent.Allowed(conversation, user, by, false));
        }
        return removed;
    }

    static boolean isBanned(ConversationReader kept, ConversationId id, UserId user, Instant now) {
        return kept.moderation().ban(id, user).filter(ban -> ban.holds(now)).isPresent();
    }

    /** Takes somebody out. Who has no voice then does not get it back by coming again. */
    void remove(Participant participant, UserId by) {
        store.remove(id(), participant.user());
        if (participant.at(now).muted()) {
            store.moderation().keep(new Mute(id(), participant.user(), participant.mutedUntil()));
        }
        telling.accept(new ConversationEvent.ParticipantRemoved(participant, by));
    }

    /** Makes somebody the owner, who has their voice then: nobody could give it to them again. */
    Participant handOver(Participant next, UserId by) {
        return replace(next.in(Role.OWNER).unmuted(), by);
    }

    /** Tells that messages, as they were, are gone for good. */
    void removed(List<ChatMessage> messages) {
        if (!messages.isEmpty()) {
            telling.accept(new ConversationEvent.MessagesRemoved(id(), messages));
        }
    }

    ChatMessage delete(ChatMessage message, UserId by) {
        Pins.remove(this, message, by);
        ChatMessage deleted = message.deleted(now);
        store.update(deleted);
        telling.accept(new ConversationEvent.MessageDeleted(deleted, message.attachments(), by));
        return deleted;
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

package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Who is invited to the conversations of {@link InMemoryConversationStore}, as one transaction sees it. */
record InMemoryInvitations(ConversationReader reader, Kept kept, LongSupplier numbers, Undoing undoing)
        implements InvitationWriter {

    /** What is kept, and guarded by the store. */
    record Kept(
            TreeMap<InvitationId, Invitation> invitations,
            Map<String, InvitationId> byHash,
            TreeMap<Long, AllowedUser> allowed) {

        Kept() {
            this(new TreeMap<>(), new HashMap<>(), new TreeMap<>());
        }
    }

    @Override
    public Optional<Invitation> find(InvitationId id) {
        return Optional.ofNullable(kept.invitations.get(id));
    }

    @Override
    public Optional<Invitation> withHash(String tokenHash) {
        return Optional.ofNullable(kept.byHash.get(tokenHash)).flatMap(this::find);
    }

    @Override
    public List<Invitation> of(ConversationId conversation) {
        return kept.invitations.descendingMap().values().stream()
                .filter(each -> each.conversation().equals(conversation))
                .toList();
    }

    @Override
    public boolean isAllowed(ConversationId conversation, UserId user) {
        return place(conversation, user).isPresent();
    }

    @Override
    public List<AllowedUser> allowed(ConversationId conversation, long afterNumber, int limit) {
        return kept.allowed.tailMap(afterNumber, false).values().stream()
                .filter(each -> each.conversation().equals(conversation))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Conversation> openTo(UserId user, Optional<ConversationId> before, int limit) {
        return kept.allowed.values().stream()
                .filter(each -> each.user().equals(user))
                .map(AllowedUser::conversation)
                .filter(id -> before.isEmpty() || id.compareTo(before.get()) < 0)
                .sorted(Comparator.reverseOrder())
                .flatMap(id -> reader.conversation(id).stream())
                .filter(Conversation::active)
                .limit(limit)
                .toList();
    }

    @Override
    public InvitationId newId() {
        return new InvitationId(numbers.getAsLong());
    }

    @Override
    public void add(Invitation invitation, String tokenHash) {
        if (kept.invitations.containsKey(invitation.id()) || kept.byHash.containsKey(tokenHash)) {
            throw InMemoryConversationStore.refusal("There is an invitation " + invitation.id());
        }
        undoing.put(kept.invitations, invitation.id(), invitation);
        undoing.put(kept.byHash, tokenHash, invitation.id());
    }

    @Override
    public void update(Invitation invitation) {
        if (!kept.invitations.containsKey(invitation.id())) {
            throw InMemoryConversationStore.refusal("There is no invitation " + invitation.id());
        }
        undoing.put(kept.invitations, invitation.id(), invitation);
    }

    @Override
    public boolean remove(InvitationId id) {
        kept.byHash.entrySet().stream()
                .filter(each -> each.getValue().equals(id))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(hash -> undoing.remove(kept.byHash, hash));
        return undoing.remove(kept.invitations, id);
    }

    @Override
    public boolean allow(AllowedUser allowed) {
        if (isAllowed(allowed.conversation(), allowed.user())) {
            return false;
        }
        undoing.put(kept.allowed, allowed.number(), allowed);
        return true;
    }

    @Override
    public boolean disallow(ConversationId conversation, UserId user) {
        Optional<Long> place = place(conversation, user);
        place.ifPresent(number -> undoing.remove(kept.allowed, number));
        return place.isPresent();
    }

    private Optional<Long> place(ConversationId conversation, UserId user) {
        return kept.allowed.values().stream()
                .filter(each ->
                        each.conversation().equals(conversation) && each.user().equals(user))
                .map(AllowedUser::number)
                .findFirst();
    }
}

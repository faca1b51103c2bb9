package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What is kept about one user: to hand it over to them, and to take it away. The application asks whether it may; nobody is asked here.
 *
 * <p>It is handed over in pages, each behind the last one of the other, so that an export that was stopped goes on where it was: {@link
 * Conversations#blocked}, {@link Conversations#list} with what they have set for themselves, {@link Invitations#openTo}, {@link #messages}, {@link #reactions}, {@link
 * #pins}, {@link #invitations}, {@link #reports} and {@link #lastSeen}.
 */
public final class PersonalData {

    private static final int AT_ONCE = 100;

    private final ConversationStore store;
    private final Changes changes;

    PersonalData(ConversationStore store, Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    /** Returns what the user has said anywhere, also where they are no longer, the oldest first: the first of it, or what is behind this one. Up to 200 at once. */
    public List<ChatMessage> messages(UserId user, Optional<ChatMessageId> after, int limit) {
        int most = Conversations.page(limit);
        return store.read(kept -> kept.upkeep().saidBy(user, after, most));
    }

    /** Returns the user's reactions, in the order of the messages: the first of them, or those behind this one. Up to 200 at once. */
    public List<OwnReaction> reactions(UserId user, Optional<OwnReaction> after, int limit) {
        int most = Conversations.page(limit);
        return store.read(kept -> kept.upkeep().reactionsBy(user, after, most));
    }

    /** Returns what the user has pinned anywhere, in the order of the messages: the first of it, or what is behind this one. Up to 200 at once. */
    public List<PinnedMessage> pins(UserId user, Optional<ChatMessageId> after, int limit) {
        int most = Conversations.page(limit);
        return store.read(kept -> kept.upkeep().pinnedBy(user, after, most));
    }

    /** Returns the invitations that the user has made, whether they work or not, the oldest first: the first of them, or those behind this one. Up to 200 at once. */
    public List<Invitation> invitations(UserId user, Optional<InvitationId> after, int limit) {
        int most = Conversations.page(limit);
        return store.read(kept -> kept.upkeep().invitedBy(user, after, most));
    }

    /** Returns what the user has reported, the oldest first: the first of it, or what is behind this {@link Report#number()}. Up to 200 at once. */
    public List<Report> reports(UserId user, OptionalLong after, int limit) {
        int most = Conversations.page(limit);
        return store.read(kept -> kept.upkeep().reportedBy(user, after, most));
    }

    /** Returns when the user was last seen, if ever. */
    public Optional<Instant> lastSeen(UserId user) {
        return Optional.ofNullable(
                store.read(kept -> kept.lastSeen(List.of(user))).get(user));
    }

    /**
     * Takes away all that is kept of a user. What they said is deleted, and no longer says who did; their reactions and blocks go. They
     * leave their groups: of those they own the admin who is there longest becomes the owner, or else the member. Their direct conversations are archived, and
     * stay with the other one. In all places a name takes theirs that says nothing, another one each time; why they were moderated is left out of the audit log, and
     * what moderators wrote elsewhere stays.
     *
     * <p>Let the {@link UserDirectory} forget the user first, so that they do nothing meanwhile. It is done in many steps: when it was stopped in
     * between, call it again, and it goes on with what is left.
     */
    public void erase(UserId user) {
        Objects.requireNonNull(user, "user");
        var nobody = new UserId("erased-" + UUID.randomUUID());
        takeOut(user, nobody); // first: what is under way is refused then
        eraseMessages(user, nobody);
        eraseReactions(user, nobody);
        store.write(kept -> {
            kept.upkeep().forget(user, nobody);
            return true;
        });
    }

    private void eraseMessages(UserId user, UserId nobody) {
        List<ChatMessage> some = store.read(kept -> kept.upkeep().saidBy(user, Optional.empty(), AT_ONCE));
        while (!some.isEmpty()) {
            Map<ConversationId, List<ChatMessageId>> byConversation = new LinkedHashMap<>();
            for (ChatMessage each : some) {
                byConversation
                        .computeIfAbsent(each.conversation(), any -> new ArrayList<>())
                        .add(each.id());
            }
            byConversation.forEach((id, messages) -> changes.of(id, change -> erase(change, messages, user, nobody)));
            some = store.read(kept -> kept.upkeep().saidBy(user, Optional.empty(), AT_ONCE));
        }
    }

    private static boolean erase(Change change, List<ChatMessageId> ids, UserId user, UserId nobody) {
        List<ChatMessage> theirs = ids.stream()
                .flatMap(id -> change.store().message(id).stream())
                .filter(message -> message.author().equals(user))
                .toList();
        for (ChatMessage message : theirs) {
            change.store().update(message.erased(nobody, change.now()));
            change.store().pins().remove(message.id());
            change.store().upkeep().forgetAuthorOf(message.id());
        }
        change.removed(theirs);
        return true;
    }

    private void eraseReactions(UserId user, UserId nobody) {
        List<OwnReaction> some = store.read(kept -> kept.upkeep().reactionsBy(user, Optional.empty(), AT_ONCE));
        while (!some.isEmpty()) {
            some.forEach(each -> eraseReaction(user, each, nobody));
            some = store.read(kept -> kept.upkeep().reactionsBy(user, Optional.empty(), AT_ONCE));
        }
    }

    private void eraseReaction(UserId user, OwnReaction reaction, UserId nobody) {
        Optional<ChatMessage> message = store.read(kept -> kept.message(reaction.message()));
        message.ifPresent(found -> changes.of(found.conversation(), change -> {
            if (change.store().unreact(reaction.message(), user, reaction.emoji())) {
                change.telling().accept(new ConversationEvent.Reacted(found, nobody, reaction.emoji(), false));
            }
            return true;
        }));
    }

    private void takeOut(UserId user, UserId nobody) {
        List<ConversationSummary> some = store.read(kept -> kept.conversationsOf(user, Optional.empty(), AT_ONCE));
        while (!some.isEmpty()) {
            some.forEach(each -> changes.of(each.conversation().id(), change -> takeOut(change, user, nobody)));
            some = store.read(kept -> kept.conversationsOf(user, Optional.empty(), AT_ONCE));
        }
    }

    private static boolean takeOut(Change change, UserId user, UserId nobody) {
        Optional<Participant> theirs = change.store().participant(change.id(), user);
        theirs.ifPresent(place -> {
            if (place.role() == Role.OWNER) {
                heir(change, user).ifPresent(next -> change.handOver(next, nobody));
            }
            change.remove(place, nobody);
            boolean emptied = change.store().participantCount(change.id()) == 0;
            if (change.conversation().active()
                    && (emptied || change.conversation().isDirect())) {
                change.replace(change.conversation().active(false, change.now()), nobody);
            }
            change.telling().accept(new ConversationEvent.MessagesRemoved(change.id(), List.of()));
        });
        return true;
    }

    /** Returns the first of the highest role of all others. */
    private static Optional<Participant> heir(Change change, UserId owner) {
        Optional<Participant> first = Optional.empty();
        List<Participant> some = change.store().participants(change.id(), 0, AT_ONCE);
        while (!some.isEmpty()) {
            for (Participant each : some) {
                boolean better =
                        first.isEmpty() || each.role().isAbove(first.get().role());
                if (better && !each.user().equals(owner)) {
                    first = Optional.of(each);
                }
            }
            some = change.store()
                    .participants(change.id(), some.get(some.size() - 1).number(), AT_ONCE);
        }
        return first;
    }
}

package io.channelbox.conversation;

import io.channelbox.conversation.KeptConversation.Reaction;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What jobs do in {@link InMemoryConversationStore}, as one transaction sees it. */
record InMemoryUpkeep(InMemoryConversationStore store, ConversationWriter transaction, Undoing undoing)
        implements UpkeepWriter {

    @Override
    public List<Conversation> conversations(Optional<ConversationId> after, int limit) {
        NavigableMap<ConversationId, KeptConversation> behind =
                after.map(id -> store.conversations.tailMap(id, false)).orElse(store.conversations);
        return behind.values().stream()
                .map(KeptConversation::conversation)
                .limit(limit)
                .toList();
    }

    @Override
    public List<ChatMessage> oldest(ConversationId conversation, Instant before, int limit) {
        return store.find(conversation).stream()
                .flatMap(kept -> kept.all().filter(each -> !each.isDeleted() || !kept.isAnswered(each.id())))
                .filter(each -> each.createdAt().isBefore(before))
                .limit(limit)
                .toList();
    }

    @Override
    public List<ChatMessage> saidBy(UserId author, Optional<ChatMessageId> after, int limit) {
        return messages()
                .filter(each -> each.author().equals(author))
                .filter(each -> after.isEmpty() || each.id().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(ChatMessage::id))
                .limit(limit)
                .toList();
    }

    private Stream<ChatMessage> messages() {
        return List.copyOf(store.conversations.values()).stream().flatMap(KeptConversation::all);
    }

    @Override
    public List<OwnReaction> reactionsBy(UserId user, Optional<OwnReaction> after, int limit) {
        return store.conversations.values().stream()
                .flatMap(kept -> kept.reactionsBy(user))
                .filter(each -> after.isEmpty() || each.compareTo(after.get()) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    @Override
    public List<PinnedMessage> pinnedBy(UserId user, Optional<ChatMessageId> after, int limit) {
        return store.pins.entrySet().stream()
                .filter(each -> each.getValue().by().equals(user))
                .filter(each -> after.isEmpty() || each.getKey().compareTo(after.get()) > 0)
                .sorted(Map.Entry.comparingByKey())
                .limit(limit)
                .map(each -> new PinnedMessage(
                        transaction.message(each.getKey()).orElseThrow(),
                        user,
                        each.getValue().at()))
                .toList();
    }

    @Override
    public List<Invitation> invitedBy(UserId user, Optional<InvitationId> after, int limit) {
        return store.invitations.invitations().values().stream()
                .filter(each -> each.by().equals(user))
                .filter(each -> after.isEmpty() || each.id().compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Report> reportedBy(UserId user, OptionalLong after, int limit) {
        return store.moderation.reportedBy(user, after, limit);
    }

    @Override
    public List<DayActivity> activity(Optional<ConversationId> conversation, Instant from, Instant until) {
        var days = new TreeMap<LocalDate, List<UserId>>();
        between(from, until)
                .filter(each -> conversation.isEmpty() || conversation.get().equals(each.conversation()))
                .forEach(each -> days.computeIfAbsent(
                                LocalDate.ofInstant(each.createdAt(), ZoneOffset.UTC), any -> new ArrayList<>())
                        .add(each.author()));
        return days.entrySet().stream()
                .map(day -> new DayActivity(day.getKey(), day.getValue().size(), new HashSet<>(day.getValue()).size()))
                .toList();
    }

    @Override
    public long authorsBetween(Instant from, Instant until) {
        return between(from, until).map(ChatMessage::author).distinct().count();
    }

    private Stream<ChatMessage> between(Instant from, Instant until) {
        return messages()
                .filter(each ->
                        !each.createdAt().isBefore(from) && each.createdAt().isBefore(until));
    }

    @Override
    public boolean remove(ChatMessage message) {
        KeptConversation kept = store.kept(message.conversation());
        if (kept.isAnswered(message.id())) {
            return false;
        }
        kept.message(message.id()).ifPresent(earlier -> remove(kept, earlier));
        undoing.remove(store.pins, message.id());
        store.moderation.removeReportsOf(message.id(), undoing);
        return true;
    }

    private void remove(KeptConversation kept, ChatMessage message) {
        List<Reaction> reactions = kept.reactions(message.id());
        kept.remove(message);
        kept.replaceReactions(message.id(), List.of());
        undoing.by(() -> {
            kept.add(message);
            kept.replaceReactions(message.id(), reactions);
        });
        undoing.remove(store.homes, message.id());
    }

    @Override
    public void readByAll(ConversationId conversation, long upTo) {
        transaction.participants(conversation, 0, Integer.MAX_VALUE).stream()
                .filter(each -> each.lastReadSequence() < upTo)
                .forEach(each -> transaction.update(each.readUpTo(upTo)));
    }

    @Override
    public void forgetAuthorOf(ChatMessageId original) {
        messages()
                .filter(each -> each.forwardedFrom()
                        .filter(from -> from.message().equals(original))
                        .isPresent())
                .toList()
                .forEach(each -> transaction.update(each.forwardedFromNobody()));
    }

    @Override
    public void forget(UserId user, UserId nobody) {
        store.conversations.values().stream()
                .map(KeptConversation::conversation)
                .filter(each -> each.creator().equals(user))
                .toList()
                .forEach(each -> transaction.update(each.begunBy(nobody)));
        List.copyOf(store.directs.keySet()).stream()
                .filter(pair -> pair.first().equals(user) || pair.second().equals(user))
                .forEach(pair -> replace(pair, pair.with(user, nobody)));
        messages()
                .filter(each -> each.mentions().users().contains(user))
                .toList()
                .forEach(each -> transaction.update(each.notMentioning(user)));
        forgetBlocks(user);
        forgetPinsAndInvitations(user, nobody);
        store.moderation.forget(user, nobody, undoing);
        undoing.remove(store.seen, user);
    }

    private void replace(DirectPair pair, DirectPair other) {
        ConversationId home = Optional.ofNullable(store.directs.get(pair)).orElseThrow();
        undoing.remove(store.directs, pair);
        undoing.put(store.directs, other, home);
    }

    private void forgetBlocks(UserId user) {
        transaction.blockedBy(user).forEach(other -> transaction.unblock(user, other));
        Set.copyOf(store.blocks.keySet()).forEach(other -> transaction.unblock(other, user));
    }

    private void forgetPinsAndInvitations(UserId user, UserId nobody) {
        store.pins.entrySet().stream()
                .filter(each -> each.getValue().by().equals(user))
                .toList()
                .forEach(each ->
                        undoing.put(store.pins, each.getKey(), each.getValue().by(nobody)));
        var invitations = store.invitations;
        List.copyOf(invitations.invitations().values()).stream()
                .filter(each -> each.by().equals(user))
                .forEach(each -> undoing.put(invitations.invitations(), each.id(), each.madeBy(nobody)));
        List.copyOf(invitations.allowed().values()).stream()
                .filter(each -> each.user().equals(user))
                .forEach(each -> undoing.remove(invitations.allowed(), each.number()));
        List.copyOf(invitations.allowed().values()).stream()
                .filter(each -> each.by().equals(user))
                .forEach(each -> undoing.put(invitations.allowed(), each.number(), each.allowedBy(nobody)));
    }
}

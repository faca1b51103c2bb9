package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@link InMemoryConversationStore} keeps of one conversation, and is guarded by it. */
final class KeptConversation {

    /** Somebody's reaction to a message. */
    record Reaction(UserId user, String emoji) {}

    private record ClientKey(UserId author, String clientId) {}

    private Conversation conversation;
    private final TreeMap<Long, Participant> byNumber = new TreeMap<>();
    private final Map<UserId, Long> numberOf = new HashMap<>();
    private final TreeMap<ChatMessageId, ChatMessage> messages = new TreeMap<>();
    private final Map<ClientKey, ChatMessageId> byClient = new HashMap<>();
    private final Map<ChatMessageId, List<Reaction>> reactions = new HashMap<>();
    private final Map<UserId, MemberSettings> settings = new HashMap<>();

    KeptConversation(Conversation conversation) {
        this.conversation = conversation;
    }

    Conversation conversation() {
        return conversation;
    }

    Conversation replace(Conversation changed) {
        Conversation earlier = conversation;
        conversation = changed;
        return earlier;
    }

    List<Participant> participants(long afterNumber, int limit) {
        return byNumber.tailMap(afterNumber, false).values().stream()
                .limit(limit)
                .toList();
    }

    List<Participant> participantsNamed(String name, int limit) {
        return byNumber.values().stream()
                .filter(each -> each.name().equals(name))
                .limit(limit)
                .toList();
    }

    int participantCount() {
        return byNumber.size();
    }

    Optional<Participant> participant(UserId user) {
        return Optional.ofNullable(numberOf.get(user)).map(byNumber::get);
    }

    boolean add(Participant participant) {
        if (numberOf.putIfAbsent(participant.user(), participant.number()) != null) {
            return false;
        }
        byNumber.put(participant.number(), participant);
        return true;
    }

    Optional<Participant> replace(Participant participant) {
        return participant(participant.user()).map(earlier -> {
            byNumber.put(earlier.number(), participant);
            return earlier;
        });
    }

    Optional<Participant> remove(UserId user) {
        return Optional.ofNullable(numberOf.remove(user)).map(byNumber::remove);
    }

    Map<UserId, MemberSettings> settings() {
        return settings;
    }

    MemberSettings settingsOf(UserId user) {
        return settings.getOrDefault(user, MemberSettings.DEFAULT);
    }

    ConversationSummary summaryFor(UserId user) {
        Participant own = participant(user).orElseThrow();
        Optional<ChatMessage> newest = messages(Optional.empty(), 1).stream().findFirst();
        return new ConversationSummary(
                conversation,
                own,
                byNumber.size(),
                countAfter(own.lastReadSequence()),
                mentionsAfter(own.lastReadSequence(), user),
                settingsOf(user),
                newest);
    }

    /** Tells whether a message goes on where the last one was, and answers one of ours, if any. */
    boolean takes(ChatMessage message) {
        boolean inOrder = messages.isEmpty()
                || (messages.lastKey().compareTo(message.id()) < 0
                        && messages.lastEntry().getValue().sequence() < message.sequence());
        return inOrder
                && Stream.of(message.replyTo(), message.thread())
                        .flatMap(Optional::stream)
                        .allMatch(messages::containsKey)
                && message.clientId()
                        .map(id -> !byClient.containsKey(new ClientKey(message.author(), id)))
                        .orElse(true);
    }

    void add(ChatMessage message) {
        messages.put(message.id(), message);
        message.clientId().ifPresent(id -> byClient.put(new ClientKey(message.author(), id), message.id()));
    }

    void remove(ChatMessage message) {
        messages.remove(message.id());
        message.clientId().ifPresent(id -> byClient.remove(new ClientKey(message.author(), id)));
    }

    Optional<ChatMessage> replace(ChatMessage message) {
        Optional<ChatMessage> earlier = message(message.id());
        earlier.ifPresent(one -> {
            remove(one);
            add(message);
        });
        return earlier;
    }

    boolean isAnswered(ChatMessageId id) {
        return messages.tailMap(id, false).values().stream()
                .anyMatch(each ->
                        each.replyTo().equals(Optional.of(id)) || each.thread().equals(Optional.of(id)));
    }

    Stream<ChatMessage> all() {
        return messages.values().stream();
    }

    Stream<OwnReaction> reactionsBy(UserId user) {
        return reactions.entrySet().stream()
                .flatMap(each -> each.getValue().stream()
                        .filter(reaction -> reaction.user().equals(user))
                        .map(reaction -> new OwnReaction(each.getKey(), reaction.emoji())));
    }

    Optional<ChatMessage> message(ChatMessageId id) {
        return Optional.ofNullable(messages.get(id));
    }

    Optional<ChatMessage> saidAs(UserId author, String clientId) {
        return Optional.ofNullable(byClient.get(new ClientKey(author, clientId)))
                .map(messages::get);
    }

    long countAfter(long sequence) {
        return after(sequence).filter(message -> !message.isDeleted()).count();
    }

    UnreadCount countAfter(long sequence, Collection<UserId> authors, UserId reader) {
        List<ChatMessage> theirs = after(sequence)
                .filter(message -> !message.isDeleted() && authors.contains(message.author()))
                .toList();
        long mentions = theirs.stream()
                .filter(message -> message.mentions().includes(reader))
                .count();
        return new UnreadCount(theirs.size(), mentions);
    }

    private long mentionsAfter(long sequence, UserId user) {
        return after(sequence)
                .filter(message -> message.mentions().includes(user))
                .count();
    }

    private Stream<ChatMessage> after(long sequence) {
        return messages.descendingMap().values().stream().takeWhile(message -> message.sequence() > sequence);
    }

    List<ChatMessage> messages(Optional<ChatMessageId> before, int limit) {
        NavigableMap<ChatMessageId, ChatMessage> older =
                before.map(id -> messages.headMap(id, false)).orElse(messages);
        return older.descendingMap().values().stream()
                .filter(message -> !message.isDeleted())
                .limit(limit)
                .toList();
    }

    List<ChatMessage> thread(ChatMessageId first, ChatMessageId after, int limit) {
        return messages.tailMap(after, false).values().stream()
                .filter(message -> message.thread().equals(Optional.of(first)) && !message.isDeleted())
                .limit(limit)
                .toList();
    }

    /** Returns the reactions to a message, in the order in which they came. */
    List<Reaction> reactions(ChatMessageId message) {
        return Objects.requireNonNull(reactions.getOrDefault(message, List.of()));
    }

    void replaceReactions(ChatMessageId message, List<Reaction> all) {
        reactions.put(message, all);
    }

    List<Reactions> reactions(ChatMessageId message, UserId seenBy) {
        var byEmoji = new LinkedHashMap<String, Set<UserId>>();
        for (Reaction each : reactions(message)) {
            byEmoji.computeIfAbsent(each.emoji(), any -> new HashSet<>()).add(each.user());
        }
        return byEmoji.entrySet().stream()
                .map(each -> new Reactions(
                        each.getKey(), each.getValue().size(), each.getValue().contains(seenBy)))
                .toList();
    }
}

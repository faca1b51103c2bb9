package io.channelbox.conversation;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.channelbox.conversation.KeptConversation.Reaction;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keeps conversations as long as the process lives: for tests, and the reference for the others. One thread at a time works with it. */
public final class InMemoryConversationStore implements ConversationStore {

    // All guarded by this, also for those that work on a part of it.
    final TreeMap<ConversationId, KeptConversation> conversations = new TreeMap<>();
    final Map<DirectPair, ConversationId> directs = new HashMap<>();
    private final Map<UserId, Set<ConversationId>> conversationsOf = new HashMap<>();
    final Map<ChatMessageId, ConversationId> homes = new HashMap<>();
    final Map<UserId, TreeSet<UserId>> blocks = new HashMap<>();
    final Map<UserId, Instant> seen = new HashMap<>();
    final InMemoryModeration moderation = new InMemoryModeration();
    final Map<ChatMessageId, InMemoryPins.Pin> pins = new HashMap<>();
    final InMemoryInvitations.Kept invitations = new InMemoryInvitations.Kept();
    private long numbers;

    @Override
    public synchronized <T> T read(Function<? super ConversationReader, ? extends T> work) {
        return work.apply(new Transaction());
    }

    @Override
    public synchronized <T> T write(Function<? super ConversationWriter, ? extends T> work) {
        var transaction = new Transaction();
        try {
            return work.apply(transaction);
        } catch (RuntimeException | Error e) {
            transaction.undo();
            throw e;
        }
    }

    Optional<KeptConversation> find(ConversationId id) {
        return Optional.ofNullable(conversations.get(id));
    }

    KeptConversation kept(ConversationId id) {
        return find(id).orElseThrow(() -> refusal("There is no conversation " + id));
    }

    static StoreException refusal(String text) {
        return new StoreException(text, new IllegalStateException(text));
    }

    private final class Transaction implements ConversationWriter {

        private final Undoing undoing = new Undoing();

        void undo() {
            undoing.all();
        }

        /** The last change is undone first. */
        private void undoBy(Runnable step) {
            undoing.by(step);
        }

        @Override
        public Optional<Conversation> conversation(ConversationId id) {
            return find(id).map(KeptConversation::conversation);
        }

        @Override
        public Optional<Conversation> direct(DirectPair pair) {
            return Optional.ofNullable(directs.get(pair)).flatMap(this::conversation);
        }

        @Override
        public Optional<Participant> participant(ConversationId conversation, UserId user) {
            return find(conversation).flatMap(kept -> kept.participant(user));
        }

        @Override
        public List<Participant> participants(ConversationId conversation, long afterNumber, int limit) {
            return find(conversation)
                    .map(kept -> kept.participants(afterNumber, limit))
                    .orElse(List.of());
        }

        @Override
        public List<Participant> participantsNamed(ConversationId conversation, String name, int limit) {
            return find(conversation)
                    .map(kept -> kept.participantsNamed(name, limit))
                    .orElse(List.of());
        }

        @Override
        public int participantCount(ConversationId conversation) {
            return find(conversation).map(KeptConversation::participantCount).orElse(0);
        }

        @Override
        public List<ConversationSummary> conversationsOf(UserId user, Optional<ListPosition> after, int limit) {
            return conversationsOf.getOrDefault(user, Set.of()).stream()
                    .map(id -> kept(id).summaryFor(user))
                    .filter(summary -> after.isEmpty() || summary.position().compareTo(after.get()) > 0)
                    .sorted((one, other) -> one.position().compareTo(other.position()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Conversation> publicGroups(
                UserId seenBy, Instant now, Optional<String> category, Optional<ConversationId> before, int limit) {
            NavigableMap<ConversationId, KeptConversation> below =
                    before.map(id -> conversations.headMap(id, false)).orElse(conversations);
            return below.descendingMap().values().stream()
                    .map(KeptConversation::conversation)
                    .filter(found -> found.visibility() == Visibility.PUBLIC && found.active())
                    .filter(found -> category.isEmpty() || category.equals(found.category()))
                    .filter(found -> !Change.isBanned(this, found.id(), seenBy, now))
                    .limit(limit)
                    .toList();
        }

        @Override
        public long countAfter(ConversationId conversation, long sequence) {
            return find(conversation).map(kept -> kept.countAfter(sequence)).orElse(0L);
        }

        @Override
        public UnreadCount countAfter(
                ConversationId conversation, long sequence, Collection<UserId> authors, UserId reader) {
            return find(conversation)
                    .map(kept -> kept.countAfter(sequence, authors, reader))
                    .orElse(new UnreadCount(0, 0));
        }

        @Override
        public Map<UserId, Instant> lastSeen(Collection<UserId> users) {
            return users.stream().distinct().filter(seen::containsKey).collect(toMap(identity(), seen::get));
        }

        @Override
        public Optional<ChatMessage> message(ChatMessageId id) {
            return Optional.ofNullable(homes.get(id)).flatMap(home -> kept(home).message(id));
        }

        @Override
        public Optional<ChatMessage> saidAs(ConversationId conversation, UserId author, String clientId) {
            return find(conversation).flatMap(kept -> kept.saidAs(author, clientId));
        }

        @Override
        public List<ChatMessage> messages(ConversationId conversation, Optional<ChatMessageId> before, int limit) {
            return find(conversation).map(kept -> kept.messages(before, limit)).orElse(List.of());
        }

        @Override
        public List<ChatMessage> thread(ChatMessageId first, ChatMessageId after, int limit) {
            ConversationId home = homes.get(first);
            return home == null ? List.of() : kept(home).thread(first, after, limit);
        }

        @Override
        public Map<ChatMessageId, List<Reactions>> reactions(Collection<ChatMessageId> messages, UserId seenBy) {
            var all = new LinkedHashMap<ChatMessageId, List<Reactions>>();
            for (ChatMessageId message : messages) {
                ConversationId home = homes.get(message);
                List<Reactions> some = home == null ? List.of() : kept(home).reactions(message, seenBy);
                if (!some.isEmpty()) {
                    all.put(message, some);
                }
            }
            return all;
        }

        @Override
        public List<ChatMessageId> propose(UserId user, SearchQuery query, Optional<ChatMessageId> before, int limit) {
            return InMemorySearch.propose(
                    conversationsOf.getOrDefault(user, Set.of()).stream().map(InMemoryConversationStore.this::kept),
                    query,
                    before,
                    limit);
        }

        @Override
        public List<ChatMessage> readable(UserId user, Collection<ChatMessageId> messages) {
            return messages.stream()
                    .flatMap(id -> message(id).stream())
                    .filter(message -> !message.isDeleted()
                            && participant(message.conversation(), user).isPresent())
                    .sorted(Comparator.comparing(ChatMessage::id).reversed())
                    .toList();
        }

        @Override
        public boolean hasBlocked(UserId user, UserId other) {
            return blocks.containsKey(user) && blocks.get(user).contains(other);
        }

        @Override
        public List<UserId> blockedBy(UserId user) {
            return List.copyOf(blocks.getOrDefault(user, new TreeSet<>()));
        }

        @Override
        public Optional<Conversation> lock(ConversationId id) {
            return conversation(id); // everything is
        }

        @Override
        public ConversationId newConversationId() {
            return new ConversationId(++numbers);
        }

        @Override
        public ChatMessageId newMessageId() {
            return new ChatMessageId(++numbers);
        }

        @Override
        public long newParticipantNumber() {
            return ++numbers;
        }

        @Override
        public boolean add(Conversation conversation, Optional<DirectPair> pair) {
            if (pair.isPresent() && directs.putIfAbsent(pair.get(), conversation.id()) != null) {
                return false;
            }
            if (conversations.putIfAbsent(conversation.id(), new KeptConversation(conversation)) != null) {
                pair.ifPresent(directs::remove);
                throw refusal("There is a conversation " + conversation.id());
            }
            undoBy(() -> {
                pair.ifPresent(directs::remove);
                conversations.remove(conversation.id());
            });
            return true;
        }

        @Override
        public void update(Conversation conversation) {
            Conversation earlier = kept(conversation.id()).replace(conversation);
            undoBy(() -> kept(conversation.id()).replace(earlier));
        }

        @Override
        public boolean add(Participant participant) {
            KeptConversation kept = kept(participant.conversation());
            if (!kept.add(participant)) {
                return false;
            }
            conversationsOf
                    .computeIfAbsent(participant.user(), user -> new TreeSet<>())
                    .add(participant.conversation());
            undoBy(() -> takeOut(participant.conversation(), participant.user()));
            return true;
        }

        @Override
        public void update(Participant participant) {
            Participant earlier = kept(participant.conversation())
                    .replace(participant)
                    .orElseThrow(() ->
                            refusal(participant.user() + " is not in conversation " + participant.conversation()));
            undoBy(() -> kept(participant.conversation()).replace(earlier));
        }

        @Override
        public void remove(ConversationId conversation, UserId user) {
            undoing.remove(kept(conversation).settings(), user);
            takeOut(conversation, user)
                    .ifPresent(removed -> undoBy(() -> {
                        kept(conversation).add(removed);
                        conversationsOf
                                .computeIfAbsent(user, anybody -> new TreeSet<>())
                                .add(conversation);
                    }));
        }

        private Optional<Participant> takeOut(ConversationId conversation, UserId user) {
            Optional<Participant> removed = kept(conversation).remove(user);
            Set<ConversationId> theirs = conversationsOf.get(user);
            if (theirs != null && theirs.remove(conversation) && theirs.isEmpty()) {
                conversationsOf.remove(user);
            }
            return removed;
        }

        @Override
        public void add(ChatMessage message) {
            KeptConversation kept = kept(message.conversation());
            if (homes.containsKey(message.id()) || !kept.takes(message)) {
                throw refusal("Message " + message.id() + " cannot be kept in conversation " + message.conversation());
            }
            kept.add(message);
            homes.put(message.id(), message.conversation());
            undoBy(() -> {
                kept.remove(message);
                homes.remove(message.id());
            });
        }

        @Override
        public void update(ChatMessage message) {
            KeptConversation kept = kept(message.conversation());
            ChatMessage earlier =
                    kept.replace(message).orElseThrow(() -> refusal("There is no message " + message.id()));
            undoBy(() -> kept.replace(earlier));
        }

        @Override
        public boolean react(ChatMessageId message, UserId user, String emoji) {
            var reaction = new Reaction(user, emoji);
            return changeReactions(
                    message,
                    earlier -> earlier.contains(reaction)
                            ? earlier
                            : Stream.concat(earlier.stream(), Stream.of(reaction))
                                    .toList());
        }

        @Override
        public boolean unreact(ChatMessageId message, UserId user, String emoji) {
            var reaction = new Reaction(user, emoji);
            return changeReactions(
                    message,
                    earlier -> earlier.stream()
                            .filter(each -> !each.equals(reaction))
                            .toList());
        }

        private boolean changeReactions(ChatMessageId message, UnaryOperator<List<Reaction>> change) {
            ConversationId home = homes.get(message);
            if (home == null) {
                throw refusal("There is no message " + message);
            }
            KeptConversation kept = kept(home);
            List<Reaction> earlier = kept.reactions(message);
            List<Reaction> now = change.apply(earlier);
            kept.replaceReactions(message, now);
            undoBy(() -> kept.replaceReactions(message, earlier));
            return now.size() != earlier.size();
        }

        @Override
        public UpkeepWriter upkeep() {
            return new InMemoryUpkeep(InMemoryConversationStore.this, this, undoing);
        }

        @Override
        public PinWriter pins() {
            return new InMemoryPins(this, pins, undoing);
        }

        @Override
        public SettingsWriter settings() {
            return new InMemorySettings(this, InMemoryConversationStore.this::find, undoing);
        }

        @Override
        public InvitationWriter invitations() {
            return new InMemoryInvitations(this, invitations, () -> ++numbers, undoing);
        }

        @Override
        public boolean block(UserId user, UserId other) {
            Set<UserId> theirs = blockedOf(user);
            boolean added = theirs.add(other);
            if (added) {
                undoBy(() -> theirs.remove(other));
            }
            return added;
        }

        @Override
        public boolean unblock(UserId user, UserId other) {
            Set<UserId> theirs = blockedOf(user);
            boolean removed = theirs.remove(other);
            if (removed) {
                undoBy(() -> theirs.add(other));
            }
            return removed;
        }

        @Override
        public void seen(UserId user, Instant at) {
            if (at.isAfter(seen.getOrDefault(user, Instant.MIN))) {
                undoing.put(seen, user, at);
            }
        }

        @Override
        public ModerationWriter moderation() {
            return moderation.in(this, this::undoBy);
        }

        private Set<UserId> blockedOf(UserId user) {
            return blocks.computeIfAbsent(user, anybody -> new TreeSet<>());
        }
    }
}

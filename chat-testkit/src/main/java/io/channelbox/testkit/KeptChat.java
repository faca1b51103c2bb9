package io.channelbox.testkit;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationKind;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.DirectPair;
import io.channelbox.conversation.Mentions;
import io.channelbox.conversation.MessageKind;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Reactions;
import io.channelbox.conversation.Role;
import io.channelbox.conversation.Visibility;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A conversation store under test, and short ways to put something into it. */
record KeptChat(ConversationStore store) {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");
    static final UserId EVE = new UserId("eve");
    static final int MANY = 1_000;

    /** Keeps a private group with these people in it, the first of whom owns it. */
    ConversationId group(UserId... people) {
        return store.write(writer -> {
            Conversation made = newGroup(writer);
            writer.add(made, Optional.empty());
            for (UserId user : people) {
                writer.add(newcomer(writer, made.id(), user));
            }
            return made.id();
        });
    }

    ConversationId publicGroup(Optional<String> category) {
        return store.write(writer -> {
            Conversation plain = newGroup(writer);
            writer.add(listed(plain, Visibility.PUBLIC, category, true), Optional.empty());
            return plain.id();
        });
    }

    ChatMessage say(ConversationId id, UserId author, String content) {
        return store.write(writer -> append(writer, message(writer, id, author, content)));
    }

    ChatMessage answer(ChatMessage target, UserId author, String content) {
        return store.write(writer ->
                append(writer, answerTo(target, message(writer, target.conversation(), author, content))));
    }

    ChatMessage sayAs(ConversationId id, UserId author, String clientId) {
        return store.write(writer -> append(writer, called(clientId, message(writer, id, author, "called"))));
    }

    void delete(ChatMessage message) {
        store.write(writer -> {
            writer.update(deleted(message));
            return true;
        });
    }

    boolean react(ChatMessage message, UserId user, String emoji) {
        return store.write(writer -> writer.react(message.id(), user, emoji));
    }

    boolean unreact(ChatMessage message, UserId user, String emoji) {
        return store.write(writer -> writer.unreact(message.id(), user, emoji));
    }

    List<Reactions> reactions(ChatMessage message, UserId seenBy) {
        return store.read(kept -> Objects.requireNonNull(
                kept.reactions(List.of(message.id()), seenBy).getOrDefault(message.id(), List.of())));
    }

    Conversation conversation(ConversationId id) {
        return store.read(kept -> kept.conversation(id)).orElseThrow();
    }

    void update(Conversation conversation) {
        store.write(writer -> {
            writer.update(conversation);
            return true;
        });
    }

    Participant participant(ConversationId id, UserId user) {
        return store.read(kept -> kept.participant(id, user)).orElseThrow();
    }

    /** Returns all who are in a conversation, who came first first. */
    List<Participant> participants(ConversationId id) {
        return participants(id, 0, MANY);
    }

    List<Participant> participants(ConversationId id, long afterNumber, int limit) {
        return store.read(kept -> kept.participants(id, afterNumber, limit));
    }

    static List<UserId> users(List<Participant> participants) {
        return participants.stream().map(Participant::user).toList();
    }

    void update(Participant participant) {
        store.write(writer -> {
            writer.update(participant);
            return true;
        });
    }

    void takeOut(ConversationId id, UserId user) {
        store.write(writer -> {
            writer.remove(id, user);
            return true;
        });
    }

    List<ConversationSummary> list(UserId user) {
        return store.read(kept -> kept.conversationsOf(user, Optional.empty(), MANY));
    }

    List<ChatMessage> messages(ConversationId id) {
        return store.read(kept -> kept.messages(id, Optional.empty(), MANY));
    }

    /** Returns all that can be seen of the conversations that the three are in, of public groups and of blocks. */
    List<Object> everything() {
        return store.read(kept -> {
            var all = new ArrayList<Object>();
            all.add(kept.publicGroups(ANN, NOON, Optional.empty(), Optional.empty(), MANY));
            for (UserId user : List.of(ANN, BOB, EVE)) {
                all.add(kept.blockedBy(user));
                for (ConversationSummary each : kept.conversationsOf(user, Optional.empty(), MANY)) {
                    ConversationId id = each.conversation().id();
                    List<ChatMessage> messages = kept.messages(id, Optional.empty(), MANY);
                    all.add(each);
                    all.add(kept.participants(id, 0, MANY));
                    all.add(messages);
                    all.add(kept.reactions(
                            messages.stream().map(ChatMessage::id).toList(), user));
                }
            }
            return all;
        });
    }

    static Conversation newGroup(ConversationWriter writer) {
        return new Conversation(
                writer.newConversationId(),
                ConversationKind.GROUP,
                ANN,
                Optional.of("Lunch"),
                Optional.empty(),
                Optional.empty(),
                Visibility.PRIVATE,
                Optional.empty(),
                true,
                NOON,
                NOON,
                NOON,
                0);
    }

    /** Begins the direct conversation of a pair, or returns the one there is. */
    static ConversationId openDirect(ConversationWriter writer, DirectPair pair) {
        var made = new Conversation(
                writer.newConversationId(),
                ConversationKind.DIRECT,
                pair.first(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Visibility.PRIVATE,
                Optional.empty(),
                true,
                NOON,
                NOON,
                NOON,
                0);
        return writer.add(made, Optional.of(pair))
                ? made.id()
                : writer.direct(pair).orElseThrow().id();
    }

    static Conversation listed(Conversation group, Visibility visibility, Optional<String> category, boolean active) {
        return new Conversation(
                group.id(),
                group.kind(),
                group.creator(),
                group.name(),
                group.description(),
                group.avatar(),
                visibility,
                category,
                active,
                group.createdAt(),
                group.updatedAt(),
                group.lastMessageAt(),
                group.lastSequence());
    }

    static Participant newcomer(ConversationWriter writer, ConversationId id, UserId user) {
        return new Participant(
                writer.newParticipantNumber(),
                id,
                user,
                user.value(),
                Optional.empty(),
                user.equals(ANN) ? Role.OWNER : Role.MEMBER,
                false,
                NOON,
                0,
                Optional.empty());
    }

    static Participant reading(Participant participant, long sequence) {
        return new Participant(
                participant.number(),
                participant.conversation(),
                participant.user(),
                participant.name(),
                participant.avatar(),
                participant.role(),
                participant.muted(),
                participant.joinedAt(),
                sequence,
                Optional.of(NOON));
    }

    /** Returns the next message of a conversation, which is locked for it. */
    static ChatMessage message(ConversationWriter writer, ConversationId id, UserId author, String content) {
        long last = writer.lock(id).orElseThrow().lastSequence();
        return new ChatMessage(
                writer.newMessageId(),
                id,
                last + 1,
                author,
                author.value(),
                Optional.empty(),
                MessageKind.TEXT,
                content,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NOON.plusSeconds(last + 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Mentions.NONE,
                Optional.empty());
    }

    static ChatMessage answerTo(ChatMessage target, ChatMessage message) {
        return with(
                message,
                Optional.of(target.id()),
                Optional.of(target.thread().orElse(target.id())),
                message.clientId(),
                message.mentions());
    }

    static ChatMessage mentioning(Mentions mentions, ChatMessage message) {
        return with(message, message.replyTo(), message.thread(), message.clientId(), mentions);
    }

    static ChatMessage called(String clientId, ChatMessage message) {
        return with(message, message.replyTo(), message.thread(), Optional.of(clientId), message.mentions());
    }

    private static ChatMessage with(
            ChatMessage message,
            Optional<ChatMessageId> replyTo,
            Optional<ChatMessageId> thread,
            Optional<String> clientId,
            Mentions mentions) {
        return new ChatMessage(
                message.id(),
                message.conversation(),
                message.sequence(),
                message.author(),
                message.authorName(),
                message.authorAvatar(),
                message.kind(),
                message.content(),
                message.attachments(),
                replyTo,
                thread,
                message.createdAt(),
                message.editedAt(),
                message.deletedAt(),
                clientId,
                mentions,
                message.forwardedFrom());
    }

    static ChatMessage saidBy(UserId author, ChatMessage message) {
        return new ChatMessage(
                message.id(),
                message.conversation(),
                message.sequence(),
                author,
                message.authorName(),
                message.authorAvatar(),
                message.kind(),
                message.content(),
                message.attachments(),
                message.replyTo(),
                message.thread(),
                message.createdAt(),
                message.editedAt(),
                message.deletedAt(),
                Optional.empty(),
                message.mentions(),
                message.forwardedFrom());
    }

    static ChatMessage deleted(ChatMessage message) {
        return new ChatMessage(
                message.id(),
                message.conversation(),
                message.sequence(),
                message.author(),
                message.authorName(),
                message.authorAvatar(),
                message.kind(),
                "",
                List.of(),
                message.replyTo(),
                message.thread(),
                message.createdAt(),
                message.editedAt(),
                Optional.of(NOON),
                message.clientId(),
                Mentions.NONE,
                Optional.empty());
    }

    static ChatMessage append(ConversationWriter writer, ChatMessage message) {
        writer.add(message);
        Conversation before = writer.conversation(message.conversation()).orElseThrow();
        writer.update(before.after(message.sequence(), message.createdAt()));
        return message;
    }

    /** Lets as many threads begin the same work in the same moment, and returns what each has answered. */
    static <T> List<T> atOnce(int threads, Callable<T> work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var start = new CyclicBarrier(threads);
            Callable<T> together = () -> {
                start.await();
                return work.call();
            };
            var answers = new ArrayList<T>();
            for (Future<T> each : pool.invokeAll(Collections.nCopies(threads, together), 60, TimeUnit.SECONDS)) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}

package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What is said in conversations, and read. */
final class Speech {

    private static final int LONGEST_EMOJI = 32;
    private static final int MOST_EMOJI = 50;

    private final ConversationStore store;
    private final Changes changes;
    private final People people;
    private final Screening screening;
    private final Mentioning mentioning;

    Speech(ConversationStore store, Changes changes, People people, Screening screening, Mentioning mentioning) {
        this.store = store;
        this.changes = changes;
        this.people = people;
        this.screening = screening;
        this.mentioning = mentioning;
    }

    ChatMessage send(UserId me, ConversationId id, MessageDraft draft) {
        if (draft.kind() == MessageKind.SYSTEM) {
            throw Texts.refusal("kind", "must be text, image or file");
        }
        MessageDraft screened = screened(me, id, draft.clientId(), draft::content)
                .map(draft::saying)
                .orElse(draft);
        return sayOnce(me, id, draft.clientId(), (change, author, mine) -> {
            Mentions mentions = mentioning.in(change, mine, screened.content(), Mentions.NONE);
            return append(change, author, screened, mentions, Optional.empty());
        });
    }

    ChatMessage forward(UserId me, ChatMessageId id, ConversationId to, Optional<String> clientId) {
        Optional<String> called = MessageDraft.checked(clientId);
        Optional<String> screened = screened(
                me, to, called, () -> store.read(kept -> readable(kept, me, id)).content());
        return sayOnce(me, to, called, (change, author, mine) -> {
            ChatMessage said = readable(change.store(), me, id);
            if (said.kind() == MessageKind.SYSTEM) {
                throw Texts.refusal("message", "must have been said by a person");
            }
            String content = screened.orElse(said.content());
            var draft = new MessageDraft(said.kind(), content, said.attachments(), Optional.empty(), called);
            var original = said.forwardedFrom().orElse(new ForwardedFrom(said.id(), said.authorName()));
            return append(change, author, draft, Mentions.NONE, Optional.of(original));
        });
    }

    private static ChatMessage readable(ConversationReader kept, UserId me, ChatMessageId id) {
        return kept.message(id)
                .filter(found -> !found.isDeleted())
                .filter(found -> kept.participant(found.conversation(), me).isPresent())
                .orElseThrow(NotAllowedException::new);
    }

    private interface Saying {
        ChatMessage in(Change change, Profile author, Participant mine);
    }

    /** Says what was not said before under this client id; its author has read up to it. */
    private ChatMessage sayOnce(UserId me, ConversationId id, Optional<String> clientId, Saying saying) {
        Profile author = people.known(me);
        return changes.of(id, change -> {
            Participant mine = change.require(me);
            Optional<ChatMessage> said = clientId.flatMap(name -> change.store().saidAs(id, me, name));
            if (said.isPresent()) {
                return said.get();
            }
            Voice.require(change, mine);
            Voice.requirePause(change, mine);
            ChatMessage message = saying.in(change, author, mine);
            change.store().update(mine.reading(message.sequence(), change.now()));
            return message;
        });
    }

    /** Returns what filters have made of this, if there are any. What was said already is not judged once more. */
    private Optional<String> screened(
            UserId me, ConversationId id, Optional<String> clientId, Supplier<String> content) {
        return screening.isEmpty() || wasSaid(me, id, clientId)
                ? Optional.empty()
                : Optional.of(screening.passed(me, id, content.get()));
    }

    private boolean wasSaid(UserId me, ConversationId id, Optional<String> clientId) {
        return store.read(kept -> {
            if (kept.participant(id, me).isEmpty()) {
                throw new NotAllowedException();
            }
            return clientId.flatMap(name -> kept.saidAs(id, me, name)).isPresent();
        });
    }

    ChatMessage announce(ConversationId id, Profile author, String content) {
        var draft = new MessageDraft(MessageKind.SYSTEM, content, List.of(), Optional.empty(), Optional.empty());
        return changes.of(id, change -> append(change, author, draft, Mentions.NONE, Optional.empty()));
    }

    private static ChatMessage append(
            Change change, Profile author, MessageDraft draft, Mentions mentions, Optional<ForwardedFrom> original) {
        Optional<ChatMessage> answered = draft.replyTo().map(target -> answerable(change, target));
        var message = new ChatMessage(
                change.store().newMessageId(),
                change.id(),
                change.conversation().lastSequence() + 1,
                author.id(),
                author.name(),
                author.avatar(),
                draft.kind(),
                draft.content(),
                draft.attachments(),
                draft.replyTo(),
                answered.map(target -> target.thread().orElse(target.id())),
                change.now(),
                Optional.empty(),
                Optional.empty(),
                draft.clientId(),
                mentions,
                original);
        change.store().add(message);
        change.store().update(change.conversation().after(message.sequence(), change.now()));
        change.telling().accept(new ConversationEvent.MessageSent(message));
        return message;
    }

    private static ChatMessage answerable(Change change, ChatMessageId target) {
        return change.store()
                .message(target)
                .filter(found -> found.conversation().equals(change.id()) && !found.isDeleted())
                .orElseThrow(
                        () -> Texts.refusal("reply_to", "must be a message of this conversation that was not deleted"));
    }

    ChatMessage edit(UserId me, ChatMessageId id, String content) {
        String screened = screening.isEmpty() ? content : screenedEdit(me, id, content);
        return ofMessage(me, id, (change, message) -> {
            requireOwn(me, message);
            Participant mine = change.require(me);
            Voice.require(change, mine);
            String checked =
                    MessageDraft.checked(screened, !message.attachments().isEmpty());
            if (checked.equals(message.content())) {
                return message;
            }
            Mentions mentions = mentioning.in(change, mine, checked, message.mentions());
            ChatMessage edited = message.edited(checked, mentions, change.now());
            change.store().update(edited);
            change.telling().accept(new ConversationEvent.MessageEdited(edited));
            tellNewlyMentioned(change, edited, mentions.without(message.mentions()));
            return edited;
        });
    }

    private static void tellNewlyMentioned(Change change, ChatMessage edited, Mentions added) {
        if (!added.isEmpty()) {
            change.telling().accept(new ConversationEvent.Mentioned(edited, added));
        }
    }

    private String screenedEdit(UserId me, ChatMessageId id, String content) {
        ChatMessage message = store.read(kept -> kept.message(id)
                .filter(found -> kept.participant(found.conversation(), me).isPresent())
                .orElseThrow(NotAllowedException::new));
        requireOwn(me, message);
        String checked = MessageDraft.checked(content, !message.attachments().isEmpty());
        return screening.passed(me, message.conversation(), checked);
    }

    private static void requireOwn(UserId me, ChatMessage message) {
        boolean ownWords =
                message.kind() != MessageKind.SYSTEM && message.forwardedFrom().isEmpty();
        if (!message.author().equals(me) || !ownWords) {
            throw new NotAllowedException();
        }
    }

    ChatMessage delete(UserId me, ChatMessageId id) {
        return ofMessage(me, id, (change, message) -> {
            if (!message.author().equals(me)) {
                return ModerationChange.by(me, false, change, "").delete(id);
            }
            return change.delete(message, me);
        });
    }

    boolean react(UserId me, ChatMessageId id, String emoji, boolean add) {
        String checked = Texts.line("emoji", emoji, LONGEST_EMOJI);
        return ofMessage(me, id, (change, message) -> {
            Voice.require(change, change.require(me));
            if (add) {
                requireRoom(change, id, me, checked);
            }
            boolean changed =
                    add ? change.store().react(id, me, checked) : change.store().unreact(id, me, checked);
            if (changed) {
                change.telling().accept(new ConversationEvent.Reacted(message, me, checked, add));
            }
            return changed;
        });
    }

    private static void requireRoom(Change change, ChatMessageId id, UserId me, String emoji) {
        List<Reactions> all = change.store().reactions(List.of(id), me).getOrDefault(id, List.of());
        boolean isNew = all.stream().noneMatch(each -> each.emoji().equals(emoji));
        if (isNew && all.size() >= MOST_EMOJI) {
            throw new PeerException(Conversations.FULL, "there are " + MOST_EMOJI + " different reactions already");
        }
    }

    /** Does something to a message that is not deleted, of a conversation that one is in. */
    <T> T ofMessage(UserId me, ChatMessageId id, BiFunction<Change, ChatMessage, T> work) {
        ConversationId home = store.read(kept -> kept.message(id))
                .map(ChatMessage::conversation)
                .orElseThrow(NotAllowedException::new);
        return changes.of(home, change -> {
            change.require(me);
            ChatMessage message = change.store()
                    .message(id)
                    .filter(found -> !found.isDeleted())
                    .orElseThrow(NotAllowedException::new);
            return work.apply(change, message);
        });
    }

    Participant read(UserId me, ConversationId id, Optional<ChatMessageId> upTo) {
        return changes.of(id, change -> {
            Participant mine = change.require(me);
            long sequence = upTo.map(message -> sequenceOf(change, message))
                    .orElse(change.conversation().lastSequence());
            if (sequence <= mine.lastReadSequence()) {
                return mine;
            }
            Participant further = mine.reading(sequence, change.now());
            change.store().update(further);
            change.telling().accept(new ConversationEvent.Read(further));
            return further;
        });
    }

    private static long sequenceOf(Change change, ChatMessageId id) {
        return change.store()
                .message(id)
                .filter(found -> found.conversation().equals(change.id()))
                .orElseThrow(() -> Texts.refusal("up_to", "must be a message of this conversation"))
                .sequence();
    }
}

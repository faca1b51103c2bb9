package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What is said in conversations, and read. */
final class Speech {

    private static final int LONGEST_EMOJI = 32;

    private final ConversationStore store;
    private final Changes changes;
    private final People people;
    private final Screening screening;

    Speech(ConversationStore store, Changes changes, People people, Screening screening) {
        this.store = store;
        this.changes = changes;
        this.people = people;
        this.screening = screening;
    }

    ChatMessage send(UserId me, ConversationId id, MessageDraft draft) {
        if (draft.kind() == MessageKind.SYSTEM) {
            throw Texts.refusal("kind", "must be text, image or file");
        }
        Profile author = people.known(me);
        MessageDraft screened = screened(me, id, draft);
        return changes.of(id, change -> {
            Participant mine = change.require(me);
            Optional<ChatMessage> said =
                    draft.clientId().flatMap(name -> change.store().saidAs(id, me, name));
            if (said.isPresent()) {
                return said.get();
            }
            requireVoice(change, mine);
            Voice.requirePause(change, mine);
            ChatMessage message = append(change, author, screened);
            change.store().update(mine.reading(message.sequence(), change.now()));
            return message;
        });
    }

    /** What was said already is not judged once more. */
    private MessageDraft screened(UserId me, ConversationId id, MessageDraft draft) {
        if (screening.isEmpty()) {
            return draft;
        }
        boolean said = store.read(kept -> {
            if (kept.participant(id, me).isEmpty()) {
                throw new NotAllowedException();
            }
            return draft.clientId().flatMap(name -> kept.saidAs(id, me, name)).isPresent();
        });
        return said ? draft : draft.saying(screening.passed(me, id, draft.content()));
    }

    ChatMessage announce(ConversationId id, Profile author, String content) {
        var draft = new MessageDraft(MessageKind.SYSTEM, content, List.of(), Optional.empty(), Optional.empty());
        return changes.of(id, change -> append(change, author, draft));
    }

    private static void requireVoice(Change change, Participant mine) {
        change.requireActive();
        Voice.require(change, mine);
        if (change.conversation().isDirect()) {
            change.store().participants(change.id(), 0, 2).stream()
                    .filter(other -> change.store().hasBlocked(other.user(), mine.user())
                            || change.store().hasBlocked(mine.user(), other.user()))
                    .findAny()
                    .ifPresent(blocked -> {
                        throw new NotAllowedException();
                    });
        }
    }

    private static ChatMessage append(Change change, Profile author, MessageDraft draft) {
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
                draft.clientId());
        change.store().add(message);
        change.store().update(change.conversation().after(message.sequence(), change.now()));
        change.telling().accept(new ConversationEvent.MessageSent(message));
        return message;
    }

    private static ChatMessage answerable(Change change, ChatMessageId target) {
        return change.store()
                .message(target)
                .filter(found -> found.conversation().equals(change.id()) && !found.isDeleted())
                .orElseThrow(() -> Texts.refusal("reply_to", "must be a message of this conversation"));
    }

    ChatMessage edit(UserId me, ChatMessageId id, String content) {
        String screened = screening.isEmpty() ? content : screenedEdit(me, id, content);
        return ofMessage(me, id, (change, message) -> {
            requireOwn(me, message);
            requireVoice(change, change.require(me));
            String checked =
                    MessageDraft.checked(screened, !message.attachments().isEmpty());
            if (checked.equals(message.content())) {
                return message;
            }
            ChatMessage edited = message.edited(checked, change.now());
            change.store().update(edited);
            change.telling().accept(new ConversationEvent.MessageEdited(edited));
            return edited;
        });
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
        if (!message.author().equals(me) || message.kind() == MessageKind.SYSTEM) {
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
            requireVoice(change, change.require(me));
            boolean changed =
                    add ? change.store().react(id, me, checked) : change.store().unreact(id, me, checked);
            if (changed) {
                change.telling().accept(new ConversationEvent.Reacted(message, me, checked, add));
            }
            return changed;
        });
    }

    /** Does something to a message that is not deleted, of a conversation that one is in. */
    private <T> T ofMessage(UserId me, ChatMessageId id, BiFunction<Change, ChatMessage, T> work) {
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

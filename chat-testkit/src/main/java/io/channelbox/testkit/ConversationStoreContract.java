package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.append;
import static io.channelbox.testkit.KeptChat.atOnce;
import static io.channelbox.testkit.KeptChat.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.DirectPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationStore} does. Implement it in a test class of your store. */
public interface ConversationStoreContract
        extends KeptConversationsContract,
                KeptParticipantsContract,
                KeptPeopleContract,
                KeptMessagesContract,
                KeptMentionsContract,
                KeptMembersContract,
                KeptInvitationsContract,
                KeptModerationContract,
                KeptUpkeepContract,
                MessageSearchContract {

    /** Returns a store that holds nothing. Each test works with one of its own. */
    @Override
    ConversationStore newStore();

    @Test
    default void workSeesWhatItHasChanged() {
        var chat = new KeptChat(newStore());

        boolean seen = chat.store().write(writer -> {
            Conversation made = KeptChat.newGroup(writer);
            writer.add(made, Optional.empty());
            writer.add(KeptChat.newcomer(writer, made.id(), ANN));
            ChatMessage said = append(writer, message(writer, made.id(), ANN, "a"));
            return writer.message(said.id()).equals(Optional.of(said))
                    && writer.conversation(made.id()).orElseThrow().lastSequence() == 1
                    && writer.conversationsOf(ANN, Optional.empty(), 10).size() == 1;
        });

        assertTrue(seen);
    }

    @Test
    default void everyIdAndNumberIsGivenOnce() throws InterruptedException, ExecutionException {
        var chat = new KeptChat(newStore());

        List<List<Object>> given = atOnce(8, () -> {
            var ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ConversationId group = chat.group(ANN);
                ids.add(group);
                ids.add(chat.participant(group, ANN).number());
                ids.add(chat.say(group, ANN, "a").id());
            }
            return ids;
        });

        List<Object> all = given.stream().flatMap(List::stream).toList();
        assertEquals(all.size(), new HashSet<>(all).size());
    }

    @Test
    default void thereIsNothingToLockOfAConversationThatThereIsNot() {
        var chat = new KeptChat(newStore());
        ConversationId unused = chat.store().write(ConversationWriter::newConversationId);

        assertEquals(Optional.empty(), chat.store().write(writer -> writer.lock(unused)));
    }

    @Test
    default void whoLocksAConversationAddsToItAsIfAlone() throws InterruptedException, ExecutionException {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);

        atOnce(8, () -> {
            for (int i = 0; i < 25; i++) {
                chat.say(group, ANN, "a");
            }
            return true;
        });

        List<ChatMessage> oldestFirst = new ArrayList<>(chat.messages(group));
        Collections.reverse(oldestFirst);
        assertEquals(
                LongStream.rangeClosed(1, 200).boxed().toList(),
                oldestFirst.stream().map(ChatMessage::sequence).toList());
        List<ChatMessageId> ids = oldestFirst.stream().map(ChatMessage::id).toList();
        assertEquals(ids.stream().sorted().toList(), ids);
        assertEquals(200, chat.conversation(group).lastSequence());
    }

    @Test
    default void aReadSeesOneMoment() throws InterruptedException, ExecutionException {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);

        List<Boolean> whole = atOnce(4, () -> {
            boolean all = true;
            for (int i = 0; i < 25; i++) {
                chat.say(group, ANN, "a");
                all &= chat.store().read(kept -> {
                    long told = kept.conversation(group).orElseThrow().lastSequence();
                    return kept.countAfter(group, 0) == told
                            && kept.messages(group, Optional.empty(), 1).get(0).sequence() == told;
                });
            }
            return all;
        });

        assertEquals(Collections.nCopies(4, true), whole);
    }

    @Test
    default void aConversationOfWorkThatThrowsIsNotKept() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        var pair = new DirectPair(ANN, BOB);
        var made = new ArrayList<ConversationId>();

        assertUndone(chat, writer -> {
            ConversationId direct = KeptChat.openDirect(writer, pair);
            writer.add(KeptChat.newcomer(writer, direct, ANN));
            Conversation before = writer.lock(group).orElseThrow();
            writer.update(before.after(7, KeptChat.NOON.plusSeconds(7)));
            made.add(direct);
        });

        assertEquals(Optional.empty(), chat.store().read(kept -> kept.direct(pair)));
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.conversation(made.get(0))));
    }

    @Test
    default void participantsOfWorkThatThrowsStayAsTheyWere() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);

        assertUndone(chat, writer -> {
            writer.lock(group);
            writer.add(KeptChat.newcomer(writer, group, EVE));
            writer.update(KeptChat.reading(writer.participant(group, ANN).orElseThrow(), 3));
            writer.remove(group, BOB);
            writer.add(KeptChat.newcomer(writer, group, BOB));
        });
    }

    @Test
    default void messagesOfWorkThatThrowsStayAsTheyWere() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.say(group, ANN, "a");

        assertUndone(chat, writer -> {
            append(writer, KeptChat.called("c1", message(writer, group, ANN, "b")));
            writer.update(KeptChat.deleted(said));
        });

        assertEquals(Optional.empty(), chat.store().read(kept -> kept.saidAs(group, ANN, "c1")));
        assertEquals(Optional.of(said), chat.store().read(kept -> kept.message(said.id())));
    }

    @Test
    default void reactionsOfWorkThatThrowsStayAsTheyWereAndInTheirOrder() {
        var chat = new KeptChat(newStore());
        ChatMessage said = chat.say(chat.group(ANN, BOB), ANN, "a");
        chat.react(said, ANN, "👍");
        chat.react(said, BOB, "🎉");

        assertUndone(chat, writer -> {
            writer.lock(said.conversation());
            writer.unreact(said.id(), ANN, "👍");
            writer.react(said.id(), BOB, "👍");
            writer.react(said.id(), ANN, "😀");
        });
    }

    @Test
    default void blocksOfWorkThatThrowsStayAsTheyWere() {
        var chat = new KeptChat(newStore());
        chat.store().write(writer -> writer.block(ANN, BOB));

        assertUndone(chat, writer -> {
            writer.unblock(ANN, BOB);
            writer.block(ANN, EVE);
            writer.block(EVE, ANN);
        });
    }

    @Test
    default void whatWasUndoneCanBeDoneAgain() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        var pair = new DirectPair(ANN, BOB);
        Consumer<ConversationWriter> work = writer -> {
            KeptChat.openDirect(writer, pair);
            append(writer, KeptChat.called("c1", message(writer, group, ANN, "a")));
            writer.add(KeptChat.newcomer(writer, group, BOB));
        };
        assertUndone(chat, work);

        chat.store().write(writer -> {
            work.accept(writer);
            return true;
        });

        assertTrue(chat.store().read(kept -> kept.direct(pair)).isPresent());
        assertEquals(
                List.of(1L),
                chat.messages(group).stream().map(ChatMessage::sequence).toList());
        int people = chat.store().read(kept -> kept.participantCount(group));
        assertEquals(2, people);
    }

    @Test
    default void anErrorUndoesToo() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);

        assertThrows(
                AssertionError.class,
                () -> chat.store().write(writer -> {
                    append(writer, message(writer, group, ANN, "a"));
                    throw new AssertionError("of the work");
                }));

        assertEquals(List.of(), chat.messages(group));
    }

    private static void assertUndone(KeptChat chat, Consumer<ConversationWriter> work) {
        List<Object> before = chat.everything();
        var thrown = new IllegalStateException("of the work");

        var passedOn = assertThrows(
                IllegalStateException.class,
                () -> chat.store().write(writer -> {
                    work.accept(writer);
                    throw thrown;
                }));

        assertSame(thrown, passedOn);
        assertEquals(before, chat.everything());
    }
}

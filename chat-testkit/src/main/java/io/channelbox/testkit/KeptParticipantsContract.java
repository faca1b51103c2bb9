package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.NOON;
import static io.channelbox.testkit.KeptChat.atOnce;
import static io.channelbox.testkit.KeptChat.users;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** How every store keeps who is in a conversation. */
interface KeptParticipantsContract {

    ConversationStore newStore();

    @Test
    default void everyPartOfAPlaceIsKeptAsItIs() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group();

        Participant full = chat.store().write(writer -> {
            var made = new Participant(
                    writer.newParticipantNumber(),
                    group,
                    EVE,
                    "Eve \uD83D\uDE00",
                    Optional.of("https://example.org/eve.png"),
                    Role.ADMIN,
                    true,
                    NOON.plusNanos(1),
                    Integer.MAX_VALUE + 1L,
                    Optional.of(NOON.plusNanos(2)));
            writer.add(made);
            return made;
        });
        Participant bare = chat.store().write(writer -> {
            Participant made = KeptChat.newcomer(writer, group, BOB);
            writer.add(made);
            return made;
        });

        assertEquals(full, chat.participant(group, EVE));
        assertEquals(bare, chat.participant(group, BOB));
    }

    @Test
    default void aChangedPlaceIsKeptAsItIsThenAndNobodyElses() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        Participant ann = chat.participant(group, ANN);
        Participant before = chat.participant(group, BOB);
        var after = new Participant(
                before.number(),
                group,
                BOB,
                "Bob",
                Optional.of("https://example.org/bob.png"),
                Role.ADMIN,
                true,
                before.joinedAt(),
                5,
                Optional.of(NOON.plusNanos(3)));

        chat.update(after);

        assertEquals(List.of(ann, after), chat.participants(group));
        chat.update(before);
        assertEquals(before, chat.participant(group, BOB));
    }

    @Test
    default void nobodyIsInAConversationTwice() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        List<Participant> before = chat.participants(group);

        boolean added = chat.store().write(writer -> writer.add(KeptChat.newcomer(writer, group, BOB)));

        assertFalse(added);
        assertEquals(before, chat.participants(group));
    }

    @Test
    default void nobodyIsInAConversationTwiceAlsoWhenManyAddThemAtOnce()
            throws InterruptedException, ExecutionException {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);

        List<Boolean> added = atOnce(
                10,
                () -> chat.store().write(writer -> {
                    writer.lock(group);
                    return writer.add(KeptChat.newcomer(writer, group, BOB));
                }));

        assertEquals(1, added.stream().filter(each -> each).count());
        assertEquals(2, chat.participants(group).size());
    }

    @Test
    default void participantsComeInPagesWhoCameFirstFirst() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(EVE, BOB, ANN);

        List<Participant> first = chat.participants(group, 0, 2);
        List<Participant> rest = chat.participants(group, first.get(1).number(), 2);

        assertEquals(List.of(EVE, BOB), users(first));
        assertEquals(List.of(ANN), users(rest));
        int count = chat.store().read(kept -> kept.participantCount(group));
        assertEquals(3, count);
    }

    @Test
    default void whoWasTakenOutComesBackBehindTheOthers() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB, EVE);
        ChatMessage said = chat.say(group, BOB, "a");

        chat.takeOut(group, BOB);

        assertEquals(List.of(ANN, EVE), users(chat.participants(group)));
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.participant(group, BOB)));
        assertEquals(List.of(), chat.list(BOB));
        assertEquals(List.of(said), chat.messages(group));
        chat.store().write(writer -> {
            writer.lock(group);
            return writer.add(KeptChat.newcomer(writer, group, BOB));
        });
        assertEquals(List.of(ANN, EVE, BOB), users(chat.participants(group)));
    }

    @Test
    default void takingOutWhoIsNotThereChangesNothing() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        List<Object> before = chat.everything();

        chat.takeOut(group, EVE);

        assertEquals(before, chat.everything());
    }
}

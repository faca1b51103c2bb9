package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.message;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Mentions;
import io.channelbox.conversation.Participant;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store does with whom messages mention. */
interface KeptMentionsContract {

    ConversationStore newStore();

    @Test
    default void unreadMentionsAreCountedForEachUserAndEachMessageOnce() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB, EVE);
        ConversationId other = chat.group(ANN, BOB);
        mention(chat, group, new Mentions(Set.of(BOB), false));
        mention(chat, group, new Mentions(Set.of(BOB, EVE), true));
        mention(chat, other, new Mentions(Set.of(BOB), false));
        mention(chat, group, new Mentions(Set.of(EVE), false));
        chat.say(group, ANN, "nobody");

        assertEquals(List.of(2L, 1L), mentions(chat, BOB));
        assertEquals(List.of(2L), mentions(chat, EVE));
        assertEquals(List.of(1L, 0L), mentions(chat, ANN));
    }

    @Test
    default void mentionsThatWereReadAreNotCounted() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        mention(chat, group, new Mentions(Set.of(BOB), false));
        mention(chat, group, new Mentions(Set.of(), true));

        chat.store().write(writer -> {
            writer.lock(group);
            writer.update(KeptChat.reading(writer.participant(group, BOB).orElseThrow(), 1));
            return true;
        });

        assertEquals(List.of(1L), mentions(chat, BOB));
    }

    @Test
    default void aChangedMessageMentionsWhomItMentionsThen() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB, EVE);
        ChatMessage said = mention(chat, group, new Mentions(Set.of(BOB), true));
        ChatMessage changed = KeptChat.mentioning(new Mentions(Set.of(EVE), false), said);

        chat.store().write(writer -> {
            writer.lock(group);
            writer.update(changed);
            return true;
        });

        assertEquals(List.of(changed), chat.messages(group));
        assertEquals(List.of(0L), mentions(chat, BOB));
        assertEquals(List.of(1L), mentions(chat, EVE));
    }

    @Test
    default void aDeletedMessageMentionsNobody() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);

        chat.delete(mention(chat, group, new Mentions(Set.of(BOB), true)));

        assertEquals(List.of(0L), mentions(chat, BOB));
    }

    @Test
    default void thoseOfANameAreFoundInTheirConversation() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        chat.group(EVE);

        Optional<Participant> bob = chat.store().read(kept -> kept.participant(group, BOB));

        assertEquals(bob.stream().toList(), chat.store().read(kept -> kept.participantsNamed(group, "bob", 10)));
        assertEquals(List.of(), chat.store().read(kept -> kept.participantsNamed(group, "eve", 10)));
        assertEquals(List.of(), chat.store().read(kept -> kept.participantsNamed(group, "Bob", 10)));
    }

    private static ChatMessage mention(KeptChat chat, ConversationId id, Mentions mentions) {
        return chat.store()
                .write(writer ->
                        KeptChat.append(writer, KeptChat.mentioning(mentions, message(writer, id, ANN, "mentions"))));
    }

    private static List<Long> mentions(KeptChat chat, UserId user) {
        return chat.list(user).stream().map(summary -> summary.mentions()).toList();
    }
}

package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MentionsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final ConversationId group = chat.group(ANN, BOB);

    @Test
    void whoIsInTheConversationIsMentionedById() {
        ChatMessage said = chat.say(ANN, group, "Noon, @bob?");

        assertEquals(new Mentions(Set.of(BOB), false), said.mentions());
        assertEquals(
                said,
                conversations
                        .messages(BOB, group, Optional.empty(), 1)
                        .messages()
                        .get(0));
    }

    @Test
    void whoIsNotInItOrSpeaksThemselvesIsNot() {
        assertEquals(Mentions.NONE, chat.say(ANN, group, "@eve @nobody @ann").mentions());
    }

    @Test
    void aNameThatIsNobodysIdIsThatOfAllWhoAreCalledSo() {
        var named = new Chat(user -> Optional.of(Profile.of(user, user.equals(ANN) ? "Ann" : "Max")));
        ConversationId shared = named.group(ANN, BOB, EVE);

        assertEquals(Set.of(BOB, EVE), named.say(ANN, shared, "@Max").mentions().users());
        assertEquals(Mentions.NONE, named.say(ANN, shared, "@max").mentions());
    }

    @Test
    void atSignsWithinWordsAndWhatFollowsNamesAreNoPartOfThem() {
        assertEquals(
                Mentions.NONE,
                chat.say(ANN, group, "mail x@bob or x.@bob or @ bob").mentions());
        for (String text : List.of("@bob.", "(@bob)", "@bob's", "@bob, @bob", "日本@x @bob", "x\n@bob-")) {
            assertEquals(Set.of(BOB), chat.say(ANN, group, text).mentions().users(), text);
        }
    }

    @Test
    void everybodyIsMeantWhereAnAdminSaysSo() {
        assertTrue(chat.say(ANN, group, "@everyone").mentions().everyone());
        assertTrue(chat.say(ANN, group, "@here").mentions().everyone());
        assertEquals(Mentions.NONE, chat.say(BOB, group, "@everyone").mentions());
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        assertEquals(Mentions.NONE, chat.say(ANN, direct, "@everyone").mentions());
    }

    @Test
    void whatTheApplicationSaysMentionsNobody() {
        assertEquals(
                Mentions.NONE,
                conversations
                        .announce(group, Profile.of(EVE, "Eve"), "@bob @everyone")
                        .mentions());
    }

    @Test
    void fiftyNamesOfAMessageCount() {
        List<UserId> many =
                IntStream.range(0, 60).mapToObj(i -> new UserId("u" + i)).toList();
        ConversationId large = chat.group(ANN, many.toArray(UserId[]::new));
        String all = many.stream().map(user -> "@" + user).collect(Collectors.joining(" "));

        assertEquals(
                Set.copyOf(many.subList(0, 50)),
                chat.say(ANN, large, all).mentions().users());
    }

    @Test
    void unreadMentionsAreCountedForEachUserUntilTheyAreReadOrDeleted() {
        chat.say(ANN, group, "@bob");
        chat.say(ANN, group, "nobody");
        ChatMessage both = chat.say(ANN, group, "@bob @everyone");
        assertEquals(2, summary(BOB).mentions());
        assertEquals(0, summary(ANN).mentions());

        conversations.delete(ANN, both.id());
        assertEquals(1, summary(BOB).mentions());

        conversations.read(BOB, group);
        assertEquals(0, summary(BOB).mentions());
    }

    @Test
    void anEditTellsOnlyThoseWhomItMentionsFirst() {
        conversations.add(ANN, group, EVE);
        ChatMessage said = chat.say(ANN, group, "@bob");

        ChatMessage edited = conversations.edit(ANN, said.id(), "@bob @eve");

        assertEquals(List.of(new ConversationEvent.Mentioned(edited, new Mentions(Set.of(EVE), false))), mentioned());
        conversations.edit(ANN, said.id(), "@eve alone");
        assertEquals(1, mentioned().size());
        assertEquals(0, summary(BOB).mentions());
    }

    @Test
    void anEditThatMeansEverybodyOnceMoreIsNews() {
        ChatMessage said = chat.say(ANN, group, "@bob");

        conversations.edit(ANN, said.id(), "@bob @everyone");
        conversations.edit(ANN, said.id(), "@everyone and @bob");

        assertEquals(
                List.of(new Mentions(Set.of(), true)),
                mentioned().stream().map(ConversationEvent.Mentioned::added).toList());
    }

    @Test
    void aParserOfTheApplicationsSaysWhoIsNamed() {
        var own = new InMemoryConversationStore();
        Conversations other = Conversations.in(own)
                .mentions(content -> List.of(content.substring(1)))
                .build();
        ConversationId lunch = other.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB))
                .id();

        assertEquals(
                Set.of(BOB),
                other.send(ANN, lunch, MessageDraft.text("#bob")).mentions().users());
        assertEquals(
                Mentions.NONE,
                other.send(ANN, lunch, MessageDraft.text("#a\u200bb")).mentions());
    }

    private ConversationSummary summary(UserId user) {
        return conversations.list(user, Optional.empty(), 1).get(0);
    }

    private List<ConversationEvent.Mentioned> mentioned() {
        return chat.told.stream()
                .filter(ConversationEvent.Mentioned.class::isInstance)
                .map(ConversationEvent.Mentioned.class::cast)
                .toList();
    }
}

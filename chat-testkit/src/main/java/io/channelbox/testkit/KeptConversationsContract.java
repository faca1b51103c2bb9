package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.MANY;
import static io.channelbox.testkit.KeptChat.NOON;
import static io.channelbox.testkit.KeptChat.atOnce;
import static io.channelbox.testkit.KeptChat.users;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationKind;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.DirectPair;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.MemberSettings;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Visibility;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store does with conversations, those in them, and blocks. */
interface KeptConversationsContract {

    ConversationStore newStore();

    @Test
    default void everyPartOfAConversationIsKeptAsItIs() {
        var chat = new KeptChat(newStore());
        ConversationId id = chat.store().write(ConversationWriter::newConversationId);
        var group = new Conversation(
                id,
                ConversationKind.GROUP,
                new UserId("ann@example.org"),
                Optional.of("Grüße 日本 \uD83D\uDE00"),
                Optional.of("two\nlines, 'quotes', 100 %_ and \\"),
                Optional.of("https://example.org/a.png"),
                Visibility.PUBLIC,
                Optional.of("Food"),
                false,
                NOON,
                NOON.plusNanos(1),
                NOON.plusSeconds(86_400).plusNanos(999),
                Integer.MAX_VALUE + 1L);

        chat.store().write(writer -> writer.add(group, Optional.empty()));

        assertEquals(group, chat.conversation(id));
    }

    @Test
    default void whatAConversationDoesNotHaveIsNotThereLater() {
        var chat = new KeptChat(newStore());
        var pair = new DirectPair(ANN, BOB);

        Conversation direct = chat.store().write(writer -> {
            ConversationId id = KeptChat.openDirect(writer, pair);
            return writer.conversation(id).orElseThrow();
        });

        assertEquals(ConversationKind.DIRECT, direct.kind());
        assertEquals(Optional.empty(), direct.name());
        assertEquals(Optional.empty(), direct.description());
        assertEquals(Optional.empty(), direct.avatar());
        assertEquals(Optional.empty(), direct.category());
        assertEquals(direct, chat.conversation(direct.id()));
    }

    @Test
    default void aChangedConversationIsKeptAsItIsThen() {
        var chat = new KeptChat(newStore());
        Conversation before = chat.conversation(chat.group(ANN));
        var after = new Conversation(
                before.id(),
                before.kind(),
                before.creator(),
                Optional.of("Dinner"),
                Optional.of("later"),
                Optional.of("https://example.org/b.png"),
                Visibility.PUBLIC,
                Optional.of("Food"),
                false,
                before.createdAt(),
                NOON.plusNanos(7),
                NOON.plusNanos(8),
                9);

        chat.update(after);

        assertEquals(after, chat.conversation(before.id()));
        chat.update(before);
        assertEquals(before, chat.conversation(before.id()));
    }

    @Test
    default void aPairHasOneDirectConversationWhoeverIsNamedFirst() {
        var chat = new KeptChat(newStore());

        ConversationId first = open(chat, new DirectPair(ANN, BOB));
        ConversationId again = open(chat, new DirectPair(BOB, ANN));
        ConversationId other = open(chat, new DirectPair(ANN, EVE));

        assertEquals(first, again);
        assertEquals(
                Optional.of(chat.conversation(other)),
                chat.store().read(kept -> kept.direct(new DirectPair(EVE, ANN))));
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.direct(new DirectPair(EVE, BOB))));
    }

    @Test
    default void aPairHasOneDirectConversationAlsoWhenFiftyBeginItAtOnce()
            throws InterruptedException, ExecutionException {
        var chat = new KeptChat(newStore());

        List<ConversationId> opened = atOnce(50, () -> open(chat, new DirectPair(ANN, BOB)));

        assertEquals(1, new HashSet<>(opened).size());
    }

    @Test
    default void theListHasTheLatestFirstAndOfTwoAtOneMomentTheLargerId() {
        var chat = new KeptChat(newStore());
        List<ConversationId> groups =
                Stream.generate(() -> chat.group(ANN)).limit(5).toList();
        chat.group(BOB);
        chat.say(groups.get(1), ANN, "a second later than the others");

        List<ConversationId> paged = new ArrayList<>();
        Optional<ListPosition> after = Optional.empty();
        for (int page = 0; page < 4; page++) {
            List<ConversationSummary> found = list(chat, ANN, after, 2);
            found.forEach(each -> paged.add(each.conversation().id()));
            after = found.isEmpty()
                    ? after
                    : Optional.of(found.get(found.size() - 1).position());
        }

        assertEquals(List.of(groups.get(1), groups.get(4), groups.get(3), groups.get(2), groups.get(0)), paged);
    }

    @Test
    default void oneNanosecondDecidesAboutTheOrderOfTheList() {
        var chat = new KeptChat(newStore());
        ConversationId later = chat.group(ANN);
        ConversationId earlier = chat.group(ANN);
        chat.update(chat.conversation(later).after(1, NOON.plusNanos(2)));
        chat.update(chat.conversation(earlier).after(1, NOON.plusNanos(1)));

        List<ConversationSummary> all = list(chat, ANN, Optional.empty(), 10);
        List<ConversationSummary> rest = list(chat, ANN, Optional.of(new ListPosition(NOON.plusNanos(2), later)), 10);

        assertEquals(
                List.of(later, earlier),
                all.stream().map(each -> each.conversation().id()).toList());
        assertEquals(all.subList(1, 2), rest);
    }

    @Test
    default void theListTellsPlaceHeadsUnreadAndNewest() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        chat.say(group, ANN, "read");
        ChatMessage second = chat.say(group, ANN, "deleted");
        ChatMessage third = chat.say(group, ANN, "newest");
        ChatMessage fourth = chat.say(group, ANN, "deleted too");
        chat.update(KeptChat.reading(chat.participant(group, BOB), 1));
        chat.delete(second);
        chat.delete(fourth);

        assertEquals(
                List.of(new ConversationSummary(
                        chat.conversation(group),
                        chat.participant(group, BOB),
                        2,
                        1,
                        0,
                        MemberSettings.DEFAULT,
                        Optional.of(third))),
                chat.list(BOB));
    }

    @Test
    default void aConversationInWhichNothingIsLeftHasNoNewestMessage() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        chat.delete(chat.say(group, ANN, "a"));

        ConversationSummary summary = chat.list(ANN).get(0);

        assertEquals(Optional.empty(), summary.newest());
        assertEquals(0, summary.unread());
    }

    @Test
    default void usersAreToldApartToTheLetter() {
        var chat = new KeptChat(newStore());
        var capital = new UserId("Ann");
        ConversationId group = chat.group(ANN, capital);

        assertEquals(List.of(ANN, capital), users(chat.participants(group)));
        ConversationId direct = open(chat, new DirectPair(ANN, BOB));
        ConversationId other = open(chat, new DirectPair(capital, BOB));
        assertEquals(2, new HashSet<>(List.of(direct, other)).size());
    }

    @Test
    default void whatThereIsNotCannotBeChanged() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        Conversation kept = chat.conversation(group);
        Participant ann = chat.participant(group, ANN);
        chat.takeOut(group, ANN);
        var unused = chat.store().write(KeptChat::newGroup);

        assertThrows(StoreException.class, () -> chat.update(unused));
        assertThrows(StoreException.class, () -> chat.update(ann));
        assertThrows(
                StoreException.class,
                () -> chat.store().write(writer -> writer.add(KeptChat.newcomer(writer, unused.id(), BOB))));
        assertThrows(StoreException.class, () -> chat.store().write(writer -> writer.add(kept, Optional.empty())));
    }

    @Test
    default void ofAConversationThatThereIsNotNothingIsFound() {
        var chat = new KeptChat(newStore());
        ConversationId unused = chat.store().write(ConversationWriter::newConversationId);

        List<Object> found = chat.store()
                .read(kept -> List.of(
                        kept.conversation(unused),
                        kept.participant(unused, ANN),
                        kept.participants(unused, 0, MANY),
                        kept.participantCount(unused),
                        kept.countAfter(unused, 0),
                        kept.saidAs(unused, ANN, "c1"),
                        kept.messages(unused, Optional.empty(), MANY)));

        assertEquals(List.of(Optional.empty(), Optional.empty(), List.of(), 0, 0L, Optional.empty(), List.of()), found);
    }

    private static ConversationId open(KeptChat chat, DirectPair pair) {
        return chat.store().write(writer -> KeptChat.openDirect(writer, pair));
    }

    private static List<ConversationSummary> list(KeptChat chat, UserId user, Optional<ListPosition> after, int limit) {
        return chat.store().read(kept -> kept.conversationsOf(user, after, limit));
    }
}

package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.MemberSettings;
import io.channelbox.conversation.PinnedMessage;
import io.channelbox.conversation.Recipient;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store does with what is pinned, and what members have set for themselves. */
interface KeptMembersContract {

    ConversationStore newStore();

    @Test
    default void whatIsPinnedComesTheLastFirst() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage first = chat.say(group, ANN, "a");
        ChatMessage second = chat.say(group, BOB, "b");
        ChatMessage third = chat.say(group, BOB, "c");
        chat.say(chat.group(ANN), ANN, "elsewhere");

        assertTrue(pin(chat, second, NOON));
        assertTrue(pin(chat, third, NOON));
        assertTrue(pin(chat, first, NOON.plusNanos(1)));
        assertFalse(pin(chat, third, NOON.plusSeconds(9)));

        assertEquals(
                List.of(
                        new PinnedMessage(first, BOB, NOON.plusNanos(1)),
                        new PinnedMessage(third, BOB, NOON),
                        new PinnedMessage(second, BOB, NOON)),
                pins(chat, group));
    }

    @Test
    default void whatIsPinnedNoMoreIsGoneAndCanBePinnedAgain() {
        var chat = new KeptChat(newStore());
        ChatMessage said = chat.say(chat.group(ANN), ANN, "a");
        pin(chat, said, NOON);

        assertTrue(chat.store().<Boolean>write(writer -> writer.pins().remove(said.id())));
        assertFalse(chat.store().<Boolean>write(writer -> writer.pins().remove(said.id())));

        assertEquals(List.of(), pins(chat, said.conversation()));
        assertTrue(pin(chat, said, NOON));
    }

    @Test
    default void settingsAreKeptForEachUserAndConversation() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ConversationId other = chat.group(ANN);
        var muted = new MemberSettings(Optional.of(NOON.plusNanos(1)), Optional.empty());
        var both = new MemberSettings(Optional.of(MemberSettings.FOREVER), Optional.of(Integer.MAX_VALUE + 1L));

        put(chat, group, ANN, muted);
        assertEquals(muted, settings(chat, group, ANN));
        put(chat, group, ANN, both);

        assertEquals(both, settings(chat, group, ANN));
        assertEquals(MemberSettings.DEFAULT, settings(chat, group, BOB));
        assertEquals(MemberSettings.DEFAULT, settings(chat, other, ANN));
        assertEquals(both, chat.list(ANN).get(1).settings());
    }

    @Test
    default void settingsGoWithTheirUser() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        put(chat, group, BOB, new MemberSettings(Optional.of(NOON), Optional.of(1L)));

        in(chat, group, writer -> {
            writer.remove(group, BOB);
            writer.add(KeptChat.newcomer(writer, group, BOB));
        });

        assertEquals(MemberSettings.DEFAULT, settings(chat, group, BOB));
    }

    @Test
    default void nobodyHasSettingsWhereTheyAreNot() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);

        assertThrows(StoreException.class, () -> put(chat, group, EVE, MemberSettings.DEFAULT));
    }

    @Test
    default void anArchivedConversationIsListedApartUntilSomethingIsSaidThereOrWhileItIsMuted() {
        var chat = new KeptChat(newStore());
        ConversationId quiet = chat.group(ANN, BOB);
        ConversationId busy = chat.group(ANN, BOB);
        ConversationId muted = chat.group(ANN, BOB);
        ConversationId plain = chat.group(ANN, BOB);
        put(chat, quiet, ANN, new MemberSettings(Optional.empty(), Optional.of(0L)));
        put(chat, busy, ANN, new MemberSettings(Optional.empty(), Optional.of(0L)));
        put(chat, muted, ANN, new MemberSettings(Optional.of(NOON.plusSeconds(1)), Optional.of(0L)));
        chat.say(busy, BOB, "a");
        chat.say(muted, BOB, "a");

        assertEquals(List.of(busy, plain), list(chat, Listed.CURRENT, NOON));
        assertEquals(List.of(muted, quiet), list(chat, Listed.ARCHIVED, NOON));
        assertEquals(List.of(muted, busy, plain, quiet), list(chat, Listed.ALL, NOON));
        assertEquals(List.of(quiet), list(chat, Listed.ARCHIVED, NOON.plusSeconds(1)));
        assertEquals(List.of(muted, busy, plain, quiet), everyPageOfTwo(chat));
    }

    private static List<ConversationId> everyPageOfTwo(KeptChat chat) {
        return chat.store().read(kept -> {
            var first = kept.settings().list(ANN, Listed.ALL, NOON, Optional.empty(), 2);
            ListPosition last = first.get(1).position();
            var rest = kept.settings().list(ANN, Listed.ALL, NOON, Optional.of(last), 2);
            return Stream.of(first, rest)
                    .flatMap(List::stream)
                    .map(each -> each.conversation().id())
                    .toList();
        });
    }

    @Test
    default void recipientsAreAllButTheAuthorAndWhoHasBlockedThem() {
        var chat = new KeptChat(newStore());
        UserId zoe = new UserId("zoe");
        ConversationId group = chat.group(ANN, BOB, EVE, zoe);
        var settings = new MemberSettings(Optional.of(NOON), Optional.empty());
        put(chat, group, zoe, settings);
        chat.store().write(writer -> writer.block(EVE, ANN) && writer.block(ANN, zoe));

        List<Recipient> all = recipients(chat, group, 0, 10);
        List<Recipient> first = recipients(chat, group, 0, 1);

        assertEquals(
                List.of(
                        new Recipient(chat.participant(group, BOB), MemberSettings.DEFAULT),
                        new Recipient(chat.participant(group, zoe), settings)),
                all);
        assertEquals(all.subList(0, 1), first);
        assertEquals(
                all.subList(1, 2),
                recipients(chat, group, first.get(0).participant().number(), 10));
    }

    @Test
    default void pinsAndSettingsOfWorkThatThrowsStayAsTheyWere() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage pinned = chat.say(group, ANN, "a");
        ChatMessage other = chat.say(group, ANN, "b");
        pin(chat, pinned, NOON);
        var before = new MemberSettings(Optional.of(NOON), Optional.of(1L));
        put(chat, group, BOB, before);

        assertThrows(
                IllegalStateException.class,
                () -> in(chat, group, writer -> {
                    writer.pins().remove(pinned.id());
                    writer.pins().add(other, ANN, NOON);
                    writer.settings().put(group, BOB, MemberSettings.DEFAULT);
                    writer.settings().put(group, ANN, before);
                    writer.remove(group, BOB);
                    throw new IllegalStateException("of the work");
                }));

        assertEquals(List.of(new PinnedMessage(pinned, BOB, NOON)), pins(chat, group));
        assertEquals(before, settings(chat, group, BOB));
        assertEquals(MemberSettings.DEFAULT, settings(chat, group, ANN));
    }

    private static boolean pin(KeptChat chat, ChatMessage message, Instant at) {
        return chat.store().write(writer -> {
            writer.lock(message.conversation());
            return writer.pins().add(message, BOB, at);
        });
    }

    private static List<PinnedMessage> pins(KeptChat chat, ConversationId id) {
        return chat.store().read(kept -> kept.pins().of(id));
    }

    private static void put(KeptChat chat, ConversationId id, UserId user, MemberSettings settings) {
        in(chat, id, writer -> writer.settings().put(id, user, settings));
    }

    private static MemberSettings settings(KeptChat chat, ConversationId id, UserId user) {
        return chat.store().read(kept -> kept.settings().of(id, user));
    }

    private static List<ConversationId> list(KeptChat chat, Listed which, Instant now) {
        return chat.store()
                .read(kept -> kept.settings().list(ANN, which, now, Optional.empty(), 10).stream()
                        .map(each -> each.conversation().id())
                        .toList());
    }

    private static List<Recipient> recipients(KeptChat chat, ConversationId id, long after, int limit) {
        return chat.store().read(kept -> kept.settings().recipients(id, ANN, after, limit));
    }

    private static void in(KeptChat chat, ConversationId id, Consumer<ConversationWriter> work) {
        chat.store().write(writer -> {
            writer.lock(id);
            work.accept(writer);
            return true;
        });
    }
}

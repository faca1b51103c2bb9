package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.conversation.Notification.Reason;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NotificationsTest {

    private final ConversationStore store = new InMemoryConversationStore();
    private final List<Notification> sent = new ArrayList<>();
    private final Set<UserId> connected = new HashSet<>();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Notifications notifications = Notifications.to(this::send, store, work::add)
            .awayWhen(user -> !connected.contains(user))
            .capacity(5)
            .clock(() -> Chat.NOON)
            .build();
    private final Chat chat = new Chat(store, notifications);
    private final Conversations conversations = chat.conversations;
    private final ConversationId group = chat.group(ANN, BOB, EVE);

    private void send(Notification notification) {
        if (notification.message().content().equals("fails")) {
            throw new IllegalStateException("no mail today");
        }
        sent.add(notification);
    }

    @Test
    void allWhoAreAwayAreToldButNotTheAuthor() {
        connected.add(EVE);
        ChatMessage said = chat.say(ANN, group, "a");

        runAll();

        Conversation about = conversations.conversation(ANN, group);
        assertEquals(List.of(new Notification(BOB, Reason.MESSAGE, about, said)), sent);
    }

    @Test
    void whoSpeaksDoesNotWait() {
        chat.say(ANN, group, "a");
        chat.say(ANN, group, "b");

        assertEquals(List.of(), sent);
        assertEquals(1, work.size());
        runAll();
        assertEquals(List.of("a bob", "a eve", "b bob", "b eve"), told());
    }

    @Test
    void whoIsMentionedIsToldWhyOnce() {
        chat.say(ANN, group, "@bob");

        runAll();

        assertEquals(
                List.of(Reason.MENTION, Reason.MESSAGE),
                sent.stream().map(Notification::reason).toList());
    }

    @Test
    void whoMutedNotificationsIsToldWhatNamesThemAndNothingElse() {
        conversations.settings().mute(BOB, group);
        conversations.settings().mute(EVE, group);

        chat.say(ANN, group, "a");
        chat.say(ANN, group, "@everyone");
        chat.say(ANN, group, "@bob");
        runAll();

        assertEquals(List.of("@bob bob"), told());
    }

    @Test
    void whoHasBlockedTheAuthorIsNotTold() {
        conversations.block(BOB, ANN);

        chat.say(ANN, group, "@bob");
        runAll();

        assertEquals(List.of("@bob eve"), told());
    }

    @Test
    void whatWasReadOrDeletedMeanwhileIsNotTold() {
        ChatMessage first = chat.say(ANN, group, "a");
        chat.say(ANN, group, "b");
        conversations.delete(ANN, first.id());
        conversations.read(BOB, group);

        runAll();

        assertEquals(List.of("b eve"), told());
    }

    @Test
    void anEditTellsThoseAloneWhomItMentionsFirstAlsoWhenTheyHaveReadTheMessage() {
        ChatMessage said = chat.say(ANN, group, "@bob");
        conversations.read(EVE, group);
        runAll();
        sent.clear();

        conversations.edit(ANN, said.id(), "@bob @eve");
        runAll();

        assertEquals(List.of("@bob @eve eve"), told());
    }

    @Test
    void aMentionThatIsGoneAgainIsNotTold() {
        ChatMessage said = chat.say(ANN, group, "a");
        runAll();
        sent.clear();

        conversations.edit(ANN, said.id(), "@eve");
        conversations.edit(ANN, said.id(), "b");
        runAll();

        assertEquals(List.of(), told());
    }

    @Test
    void aSinkThatFailsIsCountedAndAskedAgainForOthers() {
        chat.say(ANN, group, "fails");
        chat.say(ANN, group, "a");

        runAll();

        assertEquals(2, notifications.failed());
        assertEquals(List.of("a bob", "a eve"), told());
    }

    @Test
    void whoCannotBeKnownToBeHereIsTold() {
        Notifications blind = Notifications.to(sent::add, store, work::add)
                .awayWhen(user -> {
                    throw new StoreException("the others are not reached", new IllegalStateException());
                })
                .build();
        connected.addAll(List.of(BOB, EVE));
        ChatMessage said = chat.say(ANN, group, "a");

        blind.onEvent(new ConversationEvent.MessageSent(said));
        runAll();

        assertEquals(List.of("a bob", "a eve"), told());
        assertEquals(0, blind.failed());
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() {
        IntStream.range(0, 8).forEach(i -> chat.say(ANN, group, "m" + i));

        runAll();

        assertEquals(3, notifications.dropped());
        assertEquals(10, sent.size());
        chat.say(ANN, group, "later");
        runAll();
        assertEquals(12, sent.size());
    }

    @Test
    void anExecutorThatTakesNothingHoldsUpNobody() {
        var stopped = Notifications.to(sent::add, store, nothing -> {
                    throw new RejectedExecutionException("stopped");
                })
                .build();
        var other = new Chat(store, stopped);

        other.say(ANN, group, "a");
        other.say(ANN, group, "b");

        assertEquals(2, stopped.dropped());
    }

    @Test
    void everybodyInALargeGroupIsTold() {
        UserId[] many =
                IntStream.range(0, 450).mapToObj(i -> new UserId("u" + i)).toArray(UserId[]::new);
        ConversationId large = chat.group(ANN, many);

        chat.say(ANN, large, "a");
        runAll();

        assertEquals(450, sent.size());
    }

    @Test
    void aQueueForNothingIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Notifications.to(sent::add, store, work::add).capacity(0));
    }

    private void runAll() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private List<String> told() {
        return sent.stream()
                .map(each -> each.message().content() + " " + each.user())
                .toList();
    }
}

package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.DAN;
import static io.channelbox.conversation.Chat.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.conversation.ConversationEvent.Created;
import io.channelbox.conversation.ConversationEvent.MessageSent;
import io.channelbox.conversation.ConversationEvent.ParticipantAdded;
import io.channelbox.conversation.ConversationEvent.Reacted;
import io.channelbox.conversation.ConversationEvent.Read;
import io.channelbox.conversation.moderation.Term;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once. */
@Timeout(60)
class ConcurrentConversationsTest {

    private final Chat chat = new Chat(new InMemoryConversationStore(), ConcurrentConversationsTest::dawdle);
    private final Conversations conversations = chat.conversations;

    @Test
    void fiftyWhoOpenTheSameDirectConversationAtOnceGetTheSameOne() throws Exception {
        List<Conversation> opened = atOnce(
                50,
                number -> number % 2 == 0 ? conversations.openDirect(ANN, BOB) : conversations.openDirect(BOB, ANN));

        assertEquals(1, new HashSet<>(opened).size());
        assertEquals(
                List.of(opened.get(0)),
                told(Created.class).stream().map(Created::created).toList());
        assertEquals(
                List.of(ANN, BOB),
                chat.users(ANN, opened.get(0).id()).stream().sorted().toList());
    }

    @Test
    void theSameClientIdIsSaidOnce() throws Exception {
        ConversationId group = chat.group(ANN, BOB);

        List<ChatMessage> said = atOnce(
                20,
                number -> conversations.send(
                        ANN, group, MessageDraft.text("m" + number).called("c1")));

        assertEquals(1, new HashSet<>(said).size());
        assertEquals(
                List.of(said.get(0)),
                told(MessageSent.class).stream().map(MessageSent::message).toList());
        assertEquals(1, conversations.unread(BOB, group));
    }

    @Test
    void theSameReactionAndTheSameNewcomerCountOnce() throws Exception {
        ConversationId group = chat.group(ANN);
        ChatMessage said = chat.say(ANN, group, "a");

        List<Boolean> reacted = atOnce(10, number -> conversations.react(ANN, said.id(), "👍"));
        List<Participant> added = atOnce(10, number -> conversations.add(ANN, group, BOB));

        assertEquals(1, reacted.stream().filter(each -> each).count());
        assertEquals(1, told(Reacted.class).size());
        assertEquals(1, new HashSet<>(added).size());
        assertEquals(1, told(ParticipantAdded.class).size());
    }

    @Test
    void whatIsSaidAtOnceIsToldInTheOrderOfItsNumbers() throws Exception {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println("conversations at once: -Dchannelbox.seed=" + seed);
        List<ConversationId> groups =
                IntStream.range(0, 3).mapToObj(number -> chat.group(ANN)).toList();

        atOnce(8, number -> {
            var random = new Random(seed + number);
            for (int i = 0; i < 100; i++) {
                ChatMessage said = chat.say(ANN, groups.get(random.nextInt(groups.size())), "a");
                if (random.nextInt(4) == 0) {
                    conversations.delete(ANN, said.id());
                }
            }
            return true;
        });

        for (ConversationId group : groups) {
            long last = conversations.conversation(ANN, group).lastSequence();
            assertEquals(
                    LongStream.rangeClosed(1, last).boxed().toList(),
                    told(MessageSent.class).stream()
                            .filter(event -> event.conversation().equals(group))
                            .map(event -> event.message().sequence())
                            .toList());
        }
        assertEquals(800, told(MessageSent.class).size());
    }

    @Test
    void markersAndCountsAreRightAfterSendingReadingAndDeletingAtOnce() throws Exception {
        ConversationId group = chat.group(ANN, BOB, EVE, DAN);

        List<Integer> deleted = atOnce(8, number -> {
            UserId author = number % 2 == 0 ? ANN : BOB;
            int gone = 0;
            for (int i = 0; i < 25; i++) {
                ChatMessage said = chat.say(author, group, "a");
                if (i % 5 == number % 5) {
                    conversations.delete(author, said.id());
                    gone++;
                }
                conversations.read(EVE, group, said.id());
            }
            return gone;
        });

        int gone = deleted.stream().mapToInt(each -> each).sum();
        assertEquals(200 - gone, conversations.unread(DAN, group));
        List<Long> markers = told(Read.class).stream()
                .map(event -> event.participant().lastReadSequence())
                .toList();
        assertEquals(markers.stream().sorted().distinct().toList(), markers);
        assertEquals(200, conversations.participant(EVE, group).lastReadSequence());
        assertEquals(0, conversations.unread(EVE, group));
        for (UserId author : List.of(ANN, BOB)) {
            assertEquals(
                    lastSaidBy(author), conversations.participant(author, group).lastReadSequence());
        }
    }

    @Test
    void aGroupThatIsHandedOverTwiceAtOnceHasOneOwner() throws Exception {
        ConversationId group = chat.group(ANN, BOB, EVE);

        List<Boolean> done =
                atOnce(2, number -> isDone(() -> conversations.handOver(ANN, group, number == 0 ? BOB : EVE)));

        assertEquals(1, done.stream().filter(each -> each).count());
        assertEquals(1, owners(group));
    }

    @Test
    void whoJoinsWhenTheLastOneLeavesIsNeverAloneWithoutAnOwner() throws Exception {
        for (int round = 0; round < 50; round++) {
            ConversationId group = chat.publicGroup(ANN);

            List<Boolean> done =
                    atOnce(2, number -> isDone(() -> number == 0 ? conversations.join(BOB, group) : leave(group)));

            boolean joined = done.get(0);
            assertEquals(List.of(joined, !joined), done);
            assertEquals(joined, conversations.conversation(EVE, group).active());
            assertEquals(joined ? 1 : 0, owners(group));
        }
    }

    @Test
    void whoIsBannedWhileTheyJoinIsNotInTheGroup() {
        ConversationId group = chat.publicGroup(ANN);
        chat.onLookup = user -> chat.moderation.ban(ANN, group, user, Term.open(), "");

        Chat.assertNotAllowed(() -> conversations.join(BOB, group));

        assertEquals(List.of(ANN), chat.users(ANN, group));
    }

    @Test
    void whoJoinsAndIsBannedAtOnceIsNotInTheGroupWhicheverIsFirst() throws Exception {
        for (int round = 0; round < 50; round++) {
            ConversationId group = chat.publicGroup(ANN);

            atOnce(
                    2,
                    number -> isDone(() -> number == 0
                            ? conversations.join(BOB, group)
                            : chat.moderation.ban(ANN, group, BOB, Term.open(), "")));

            assertEquals(List.of(ANN), chat.users(ANN, group));
        }
    }

    @Test
    void ofTwoThingsThatAMemberSaysAtOnceInSlowModeOneIsRefused() throws Exception {
        ConversationId group = chat.group(ANN, BOB);
        chat.moderation.slowTo(ANN, group, Duration.ofMinutes(1), "");

        List<Boolean> said = atOnce(2, number -> isDone(() -> chat.say(BOB, group, "m" + number)));

        assertEquals(List.of(false, true), said.stream().sorted().toList());
        assertEquals(1, conversations.unread(ANN, group));
    }

    /** Lets what has an even number overtake what has an odd one, if anything does. */
    private static void dawdle(ConversationEvent event) {
        if (event instanceof MessageSent sent && sent.message().sequence() % 2 == 1) {
            IntStream.range(0, 5_000).forEach(time -> Thread.onSpinWait());
        }
    }

    private Participant leave(ConversationId group) {
        Participant place = conversations.participant(ANN, group);
        conversations.leave(ANN, group);
        return place;
    }

    private long lastSaidBy(UserId author) {
        return told(MessageSent.class).stream()
                .map(MessageSent::message)
                .filter(message -> message.author().equals(author))
                .mapToLong(ChatMessage::sequence)
                .max()
                .orElseThrow();
    }

    private long owners(ConversationId group) {
        List<Participant> all = chat.store.read(kept -> kept.participants(group, 0, 10));
        return all.stream().filter(each -> each.role() == Role.OWNER).count();
    }

    private <E extends ConversationEvent> List<E> told(Class<E> type) {
        return List.copyOf(chat.told).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static boolean isDone(Callable<?> work) throws Exception {
        try {
            work.call();
            return true;
        } catch (PeerException e) {
            return false;
        }
    }

    /** Work that is one of several at once. */
    @FunctionalInterface
    private interface Part<T> {
        T of(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int threads, Part<T> work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var start = new CyclicBarrier(threads);
            IntFunction<Callable<T>> together = number -> () -> {
                start.await();
                return work.of(number);
            };
            var answers = new ArrayList<T>();
            for (Future<T> each : pool.invokeAll(
                    IntStream.range(0, threads).mapToObj(together).toList())) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user opens a channel, or joins, while they are being banned: whichever comes first, they do not slip through. */
@Timeout(60)
class BanRaceTest {

    private static final UserId ANN = new UserId("ann");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final GroupName ROOM = GroupName.of("room");

    // What happens elsewhere while the clock is looked at, once each. The clock is what a ban looks at before it is
    // written, and whoever finds one before deciding whether it still holds.
    private final Queue<Runnable> whileTheClockIsRead = new ArrayDeque<>();
    private final List<Runnable> whenTheRoomIsMade = new ArrayList<>();
    private final List<Runnable> whenAnnIsOpen = new ArrayList<>();
    private final List<Runnable> whenReadingIsAsked = new ArrayList<>();
    private final TestBox test = new TestBox(builder -> builder.clock(clock())
            .listen(event -> {
                if (event.equals(new ChatEvent.GroupCreated(ROOM))) {
                    whenTheRoomIsMade.forEach(Runnable::run);
                }
                if (event instanceof ChatEvent.ChannelOpened) {
                    whenAnnIsOpen.forEach(Runnable::run);
                }
            })
            .access(request -> {
                if (request.verb() == Verb.READ) {
                    whenReadingIsAsked.forEach(Runnable::run);
                }
                return true;
            }));
    private final ChannelBox box = test.box;
    private final Group room = box.group(ROOM);

    private InstantSource clock() {
        return () -> {
            Runnable hook = whileTheClockIsRead.poll();
            if (hook != null) {
                hook.run();
            }
            return test().time.instant();
        };
    }

    private TestBox test() {
        return test;
    }

    // Opening

    @Test
    void aChannelThatOpensBeforeTheBanIsWrittenIsClosedByIt() {
        var opened = new ArrayList<Peer>();
        whileTheClockIsRead.add(() -> opened.add(test.enter("ann")));

        box.ban(ANN, HOUR);

        assertEquals(1, opened.size());
        assertFalse(opened.get(0).channel().isOpen());
    }

    @Test
    void aBanThatComesAfterAChannelHasLookedForOneFindsTheChannel() {
        box.ban(ANN, Duration.ofMillis(1));
        test.time.pass(Duration.ofMillis(1)); // it is over and not swept away: looking for a ban looks at the clock
        whileTheClockIsRead.add(() -> {}); // the channel notes when it was opened
        whileTheClockIsRead.add(() -> assertEquals(1, box.ban(ANN, HOUR)));

        Peer ann = test.enter("ann");

        assertEquals(0, whileTheClockIsRead.size());
        assertFalse(ann.channel().isOpen());
    }

    @Test
    void aBanThatComesWhenAChannelHasJustOpenedClosesIt() {
        whenAnnIsOpen.add(() -> box.ban(ANN, HOUR));

        Peer ann = test.enter("ann");
        test.executor.run();

        assertEquals(List.of(4403), ann.closeCodes());
    }

    @Test
    void whoeverOpensWhileABanIsWrittenSeesItOrIsSeen() throws Exception {
        var free = new TestBox().box;
        together(round -> {
            var user = new UserId("user " + round);
            var opening = Opening.of(User.named(user.value()), TextCodec.PLAIN);
            return new Contest<>(
                    () -> {
                        try {
                            return Optional.of(free.open(new RecordingConnection(), opening));
                        } catch (CloseException refused) {
                            return Optional.<Channel>empty();
                        }
                    },
                    () -> free.ban(user, HOUR),
                    opened -> assertFalse(opened.map(Channel::isOpen).orElse(false), "round " + round));
        });
    }

    // Joining

    @Test
    void aMembershipThatIsMadeBeforeTheBanIsWrittenIsEndedByIt() {
        Peer ann = test.enter("ann");
        whileTheClockIsRead.add(() -> room.join(ann.channel()));

        assertEquals(1, room.ban(ANN, HOUR));

        assertEquals(0, room.size());
    }

    @Test
    void aBanWhoseSweepIsOverIsSeenByAMembershipThatIsMadeAfterIt() {
        Peer ann = test.enter("ann");
        whenTheRoomIsMade.add(() -> box.bans().add(ANN, ROOM, HOUR)); // as if it had swept a moment ago

        assertThrows(NotAllowedException.class, () -> room.join(ann.channel()));

        assertEquals(0, room.size());
        assertEquals(Set.of(), ann.channel().groups());
        assertEquals(Set.of(), box.groups());
        assertEquals(1, test.events(ChatEvent.AccessDenied.class).size());
        assertEquals(1, test.events(ChatEvent.Left.class).size(), "as it was told that it had joined");
    }

    @Test
    void aBanThatComesBetweenAskingAndJoiningEndsThatMembershipBeforeAnythingIsRead() {
        room.broadcast("secret", PublishOptions.DEFAULT.savingHistory());
        Peer ann = test.enter("ann");
        whenReadingIsAsked.add(() -> room.ban(ANN, HOUR)); // the last thing that is asked

        assertThrows(
                NotAllowedException.class,
                () -> room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), page -> "history"));

        assertEquals(0, room.size());
        assertEquals(List.of(), ann.texts());
    }

    @Test
    void whoeverJoinsWhileABanIsWrittenSeesItOrIsSeen() throws Exception {
        var free = new TestBox();
        Group lobby = free.box.group("lobby");
        together(round -> {
            Channel channel = free.enter("user " + round).channel();
            return new Contest<>(
                    () -> {
                        try {
                            return lobby.join(channel).isMember();
                        } catch (NotAllowedException refused) {
                            return false;
                        }
                    },
                    () -> lobby.ban(channel.user().id(), HOUR),
                    joined -> assertFalse(lobby.contains(channel), "round " + round));
        });
        assertEquals(0, lobby.size());
        assertTrue(free.box.groups().isEmpty());
    }

    private record Contest<T>(Callable<T> entering, Runnable banning, Consumer<T> check) {

        void run(ExecutorService threads) throws Exception {
            var start = new CyclicBarrier(2);
            Future<T> entered = threads.submit(() -> {
                start.await();
                return entering.call();
            });
            Future<?> banned = threads.submit(() -> {
                start.await();
                banning.run();
                return null;
            });
            banned.get();
            check.accept(entered.get());
        }
    }

    private static void together(IntFunction<Contest<?>> rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 1_000; round++) {
                rounds.apply(round).run(threads);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** How often one is heard, and how much one may have. */
@Timeout(60)
class LimitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final UserId ANN = new UserId("ann");

    // Messages

    @Test
    void whereThereAreNoLimitsNobodyIsRefused() {
        var test = new TestBox();
        Channel ann = test.enter("ann").channel();

        for (int i = 0; i < 300; i++) {
            ann.admitMessage();
            test.box.group("group " + i).join(ann);
            test.box.group("room").actingAs(ann).broadcast("hello");
        }

        assertEquals(300, ann.groups().size());
    }

    @Test
    void aChannelIsHeardAsOftenAsItMayAndToldWhenToComeAgain() {
        var test = with(Limits.NONE.withMessagesPerChannel(Rate.perSecond(4).burst(2)));
        Channel phone = test.enter("ann").channel();
        Channel laptop = test.enter("ann").channel();
        phone.admitMessage();
        phone.admitMessage();

        PeerException refusal = limited(phone::admitMessage);

        assertEquals("rate_limited", refusal.code());
        assertEquals(Optional.of(Duration.ofMillis(250)), refusal.retryAfter());
        assertEquals(List.of(new ChatEvent.RateLimited(phone.id())), test.events(ChatEvent.RateLimited.class));
        laptop.admitMessage();
        test.time.pass(Duration.ofMillis(250));
        phone.admitMessage();
        limited(phone::admitMessage);
    }

    @Test
    void whoWaitsAsManyMillisecondsAsToldIsHeard() {
        var test = with(Limits.NONE.withMessagesPerChannel(Rate.perSecond(3).burst(1)));
        Channel ann = test.enter("ann").channel();
        ann.admitMessage();

        Duration wait = limited(ann::admitMessage).retryAfter().orElseThrow();

        assertEquals(Duration.ofMillis(334), wait);
        test.time.pass(wait);
        ann.admitMessage();
    }

    @Test
    void aUserIsHeardAsOftenAsTheyMayOnAllChannelsTogetherAlsoNewOnes() {
        var test = with(Limits.NONE.withMessagesPerUser(Rate.perSecond(2)));
        Channel phone = test.enter("ann").channel();
        Channel laptop = test.enter("ann").channel();
        Channel bob = test.enter("bob").channel();
        phone.admitMessage();
        laptop.admitMessage();

        limited(phone::admitMessage);
        limited(laptop::admitMessage);
        bob.admitMessage();
        phone.ended(CloseStatus.NORMAL);
        limited(test.enter("ann").channel()::admitMessage);
        test.time.pass(SECOND);

        laptop.admitMessage();
    }

    @Test
    void whoGoesOnIsClosedAfterAsManyRefusalsInARowAsAreAnswered() {
        var test = with(Limits.NONE
                .withMessagesPerChannel(Rate.perSecond(1))
                .withMessagesPerUser(Rate.perSecond(1))
                .withRefusalsInARow(3));
        Channel ann = test.enter("ann").channel();
        ann.admitMessage();
        for (int i = 0; i < 3; i++) {
            limited(ann::admitMessage);
        }
        test.time.pass(SECOND);
        ann.admitMessage(); // and the row is broken
        for (int i = 0; i < 3; i++) {
            limited(ann::admitMessage);
        }

        var wish = assertThrows(CloseException.class, ann::admitMessage);

        assertEquals(CloseStatus.RATE_LIMITED, wish.status());
        assertEquals(4429, wish.status().code());
        assertTrue(wish.status().invitesBack());
    }

    @Test
    void aFloodOfManyIsHeldToWhatTheyMay() {
        var test = with(Limits.NONE
                .withMessagesPerChannel(Rate.perSecond(5).burst(10))
                .withMessagesPerUser(Rate.perSecond(8).burst(12))
                .withRefusalsInARow(Limits.UNLIMITED));
        List<Channel> flood = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            flood.add(test.enter("user " + i / 2).channel()); // two for each user
        }
        int heard = 0;
        for (int tick = 0; tick < 100; tick++) { // ten seconds, and each says 50 a second
            for (Channel channel : flood) {
                for (int i = 0; i < 5; i++) {
                    heard += isHeard(channel) ? 1 : 0;
                }
            }
            test.time.pass(Duration.ofMillis(100));
        }

        int perUser = 12 + 8 * 10;
        assertTrue(heard <= 10 * perUser, heard + " were heard");
        assertTrue(heard >= 10 * (perUser - 2), "only " + heard + " were heard");
    }

    private static boolean isHeard(Channel channel) {
        try {
            channel.admitMessage();
            return true;
        } catch (PeerException refused) {
            return false;
        }
    }

    @Test
    void usersSpeakToAGroupAsOftenAsTheyMayTogetherAndTheApplicationAsItLikes() {
        var test = with(Limits.NONE.withMessagesPerGroup(Rate.perSecond(2)));
        Group room = test.box.group("room");
        Peer ann = test.enter("ann", "room");
        Group anns = room.actingAs(ann.channel());
        Group bobs = room.actingAs(test.enter("bob", "room").channel());
        anns.broadcast("1");
        bobs.broadcast("2");

        PeerException refusal = limited(() -> anns.broadcast("refused"));
        assertEquals(Optional.of(Duration.ofMillis(500)), refusal.retryAfter());
        limited(() -> bobs.broadcast("refused"));
        room.broadcast("notice");
        test.box.group("other").actingAs(ann.channel()).broadcast("elsewhere");
        test.time.pass(Duration.ofMillis(500));
        anns.broadcast("3");

        assertEquals(List.of("1", "2", "notice", "3"), ann.texts());
        assertEquals(2, test.events(ChatEvent.RateLimited.class).size());
    }

    @Test
    void whoMayNotSpeakToAGroupTakesNothingFromThoseWhoMay() {
        var test = new TestBox(builder -> builder.limits(Limits.NONE.withMessagesPerGroup(Rate.perSecond(1)))
                .access(request -> request.user().id().equals(ANN)));
        Group room = test.box.group("room");
        Channel eve = test.enter("eve").channel();
        for (int i = 0; i < 100; i++) {
            assertThrows(NotAllowedException.class, () -> room.actingAs(eve).broadcast("x"));
        }

        assertDoesNotThrow(() -> room.actingAs(test.enter("ann").channel()).broadcast("hello"));
    }

    // Groups

    @Test
    void aChannelJoinsAsOftenAsItMayAndItsInboxDoesNotCount() {
        var test = with(Limits.NONE.withJoinsPerChannel(Rate.perSecond(2)));
        Channel ann = test.enter("ann").channel(); // which joins the inbox
        test.box.inbox(ANN).leave(ann);
        test.box.inbox(ANN).join(ann);
        test.box.group("a").join(ann);
        test.box.group("b").actingAs(ann).joinWithHistory(ann, HistoryQuery.latest(10), page -> "page");

        PeerException refusal = limited(() -> test.box.group("c").join(ann));
        limited(() -> test.box.group("c").actingAs(ann).join(ann));
        assertEquals("rate_limited", refusal.code());
        assertEquals(Optional.of(Duration.ofMillis(500)), refusal.retryAfter());
        assertEquals(2, ann.groups().size());
        test.box.group("c").join(test.enter("ann").channel());
        test.time.pass(Duration.ofMillis(500));

        assertEquals(JoinStatus.JOINED, test.box.group("c").join(ann));
    }

    @Test
    void aChannelIsInAsManyGroupsAsItMayAndItsInboxDoesNotCount() {
        var test = with(Limits.NONE.withGroupsPerChannel(2));
        Channel ann = test.enter("ann").channel();
        test.box.group("a").join(ann);
        test.box.group("b").join(ann);

        PeerException refusal =
                assertThrows(PeerException.class, () -> test.box.group("c").join(ann));

        assertEquals("too_many_groups", refusal.code());
        assertEquals(Optional.empty(), refusal.retryAfter());
        assertEquals(0, test.box.group("c").size());
        assertEquals(JoinStatus.ALREADY_MEMBER, test.box.group("b").join(ann));
        test.box.inbox(ANN).leave(ann);
        assertTrue(test.box.inbox(ANN).join(ann).isMember());
        test.box.group("a").leave(ann);

        assertEquals(JoinStatus.GROUP_CREATED, test.box.group("c").join(ann));
    }

    // Channels

    @Test
    void aUserHasAsManyChannelsAsOneMayHaveUntilOneOfThemHasEnded() {
        var test = with(Limits.NONE.withChannelsPerUser(2));
        Peer phone = test.enter("ann");
        test.enter(Opening.of(User.named("ann"), TextCodec.PLAIN).joiningInboxLater());
        test.enter("bob");
        AuthResult accepted = AuthResult.accept(User.named("ann"));

        var refused = assertThrows(CloseException.class, () -> test.enter("ann"));
        assertEquals(new CloseStatus(4429, "too many connections"), refused.status());
        var rejected = assertInstanceOf(AuthResult.Rejected.class, test.box.admission(accepted));
        assertEquals(AuthResult.Reason.TOO_MANY, rejected.reason());
        assertEquals(429, rejected.reason().httpStatus());
        assertEquals(4429, rejected.reason().closeCode());
        assertEquals(3, test.box.channels().size());
        phone.channel().close();
        assertThrows(CloseException.class, () -> test.enter("ann"), "it has not ended yet");
        test.executor.run();

        assertEquals(accepted, test.box.admission(accepted));
        assertTrue(test.enter("ann").channel().isOpen());
    }

    @Test
    void aChannelThatCouldNotBeOpenedDoesNotCount() {
        var test = new TestBox(builder -> builder.limits(Limits.NONE.withChannelsPerUser(1)));
        var closed = new TestBox();
        closed.box.close();
        assertThrows(IllegalStateException.class, () -> closed.enter("ann"));
        assertEquals(0, closed.box.userChannels().size());

        test.enter("ann").channel().ended(CloseStatus.ABNORMAL);

        test.enter("ann");
        assertEquals(1, test.box.userChannels().size());
    }

    @Test
    void noNumberOfThreadsOpensMoreChannelsThanAUserMayHave() throws Exception {
        long seed = Seeds.next("channels per user stress");
        int most = 3;
        var test = with(Limits.NONE.withChannelsPerUser(most));
        var open = new ConcurrentHashMap<UserId, AtomicInteger>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                var random = new Random(seed + thread);
                all.add(threads.submit(() -> openAndClose(test, random, open, most)));
            }
            int refused = 0;
            for (Future<Integer> each : all) {
                refused += each.get();
            }
            assertTrue(refused > 0, "there was something to refuse");
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, test.box.userChannels().size());
        assertEquals(List.of(), test.box.channels());
    }

    /** Opens and ends channels of few users, counting them when they are certainly open. Returns how many were refused. */
    private static int openAndClose(
            TestBox test, Random random, ConcurrentHashMap<UserId, AtomicInteger> open, int most) {
        int refused = 0;
        List<Channel> own = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            if (own.size() > 4 || (random.nextInt(3) == 0 && !own.isEmpty())) {
                end(own.remove(random.nextInt(own.size())), open);
                continue;
            }
            User user = User.named("user " + random.nextInt(3));
            try {
                own.add(test.box.open(new RecordingConnection(), Opening.of(user, TextCodec.PLAIN)));
                int now = open.computeIfAbsent(user.id(), id -> new AtomicInteger())
                        .incrementAndGet();
                assertTrue(now <= most, () -> user.id() + " has " + now);
            } catch (CloseException tooMany) {
                assertEquals(4429, tooMany.status().code());
                refused++;
            }
        }
        own.forEach(channel -> end(channel, open));
        return refused;
    }

    private static void end(Channel channel, ConcurrentHashMap<UserId, AtomicInteger> open) {
        open.computeIfAbsent(channel.user().id(), id -> new AtomicInteger()).decrementAndGet(); // before it has ended
        channel.ended(CloseStatus.NORMAL);
    }

    private static TestBox with(Limits limits) {
        return new TestBox(builder -> builder.limits(limits));
    }

    private static PeerException limited(Executable act) {
        PeerException refusal = assertThrows(PeerException.class, act);
        assertEquals(PeerException.RATE_LIMITED, refusal.code());
        return refusal;
    }
}

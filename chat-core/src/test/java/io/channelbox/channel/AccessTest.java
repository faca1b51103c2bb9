package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.auth.AccessRequest;
import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.JsonCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the policy is asked, and what becomes of its answer. */
class AccessTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    @TypeName("say")
    record Say(String text) {}

    private final List<AccessRequest> asked = new ArrayList<>();
    private AccessPolicy policy = AccessPolicy.ALLOW_ALL;
    private final TestBox test = new TestBox(builder -> builder.access(request -> {
        asked.add(request);
        return policy.allows(request);
    }));
    private final Group room = test.box.group("room");
    private final Peer ann = test.enter(Opening.of(User.named("ann"), JsonCodec.of(Object.class)));
    private final Group annsRoom = room.actingAs(ann.channel());

    // Joining

    @Test
    void whoMayNotJoinIsNoMember() {
        policy = request -> false;

        assertThrows(NotAllowedException.class, () -> room.join(ann.channel()));

        assertEquals(List.of(verb(Verb.JOIN)), asked);
        assertEquals(0, room.size());
        assertEquals(Set.of(), ann.channel().groups());
        assertEquals(1, test.events(ChatEvent.Joined.class).size(), "the inbox");
        assertEquals(
                List.of(new ChatEvent.AccessDenied(ann.channel().id(), "JOIN", room.name())),
                test.events(ChatEvent.AccessDenied.class));
    }

    @Test
    void joiningWithHistoryAsksToReadAndWithAPositionToComeBackToo() {
        room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), page -> "page");
        assertEquals(List.of(verb(Verb.JOIN), verb(Verb.READ)), asked);
        room.leave(ann.channel());
        asked.clear();
        StreamPosition position = room.broadcast("kept", PublishOptions.DEFAULT.savingHistory())
                .position()
                .orElseThrow();

        room.joinWithHistory(ann.channel(), HistoryQuery.after(position, 10), page -> "page");

        assertEquals(List.of(verb(Verb.JOIN), verb(Verb.READ), verb(Verb.RESUME)), asked);
    }

    @Test
    void whoMayJoinButNotReadOrComeBackIsNoMemberAndReadsNothing() {
        StreamPosition position = room.broadcast("kept", PublishOptions.DEFAULT.savingHistory())
                .position()
                .orElseThrow();
        for (Verb forbidden : List.of(Verb.READ, Verb.RESUME)) {
            policy = request -> request.verb() != forbidden;

            denied(() -> room.joinWithHistory(ann.channel(), HistoryQuery.after(position, 10), page -> "page"));

            assertEquals(0, room.size());
            assertEquals(List.of(), ann.texts());
        }
    }

    @Test
    void nobodyIsAskedForTheirOwnInboxAndNobodyJoinsAnothers() {
        var strict = new TestBox(builder -> builder.access(request -> false));
        Peer bob = strict.enter("bob"); // which joins the inbox
        Group inbox = strict.box.inbox(BOB);
        assertEquals(List.of(bob.channel()), inbox.members());
        inbox.leave(bob.channel());

        assertTrue(inbox.joinWithHistory(bob.channel(), HistoryQuery.latest(10), page -> "nothing")
                .isMember());
        assertEquals(
                0,
                inbox.actingAs(bob.channel())
                        .history(HistoryQuery.latest(10))
                        .entries()
                        .size());
        assertEquals(1, inbox.actingAs(bob.channel()).size());

        Group annsInbox = test.box.inbox(ANN);
        Peer eve = test.enter("eve");
        denied(() -> annsInbox.join(eve.channel()));
        denied(() -> annsInbox.actingAs(eve.channel()).join(eve.channel()));
        denied(() -> annsInbox.actingAs(eve.channel()).history(HistoryQuery.latest(10)));
        denied(() -> annsInbox.actingAs(eve.channel()).members());
        assertEquals(List.of(), asked, "whatever the policy says");
    }

    // The application, and users

    @Test
    void theApplicationIsAskedForNothingElse() {
        policy = request -> false;

        room.broadcast("notice", PublishOptions.DEFAULT.from(BOB).savingHistory());
        assertEquals(1, room.history(HistoryQuery.latest(10)).entries().size());
        assertEquals(1, room.historyStats().count());
        assertEquals(List.of(), room.members());
        assertEquals(0, room.size());
        assertFalse(room.contains(ann.channel()));
        assertEquals(LeaveStatus.NO_SUCH_GROUP, room.leave(ann.channel()));
        room.clearHistory();

        assertEquals(List.of(), asked);
    }

    @Test
    void aHandleThatActsForAUserAsksForEachVerb() {
        annsRoom.broadcast("hello");
        annsRoom.history(HistoryQuery.latest(10));
        annsRoom.historyStats();
        annsRoom.members();
        annsRoom.size();
        annsRoom.contains(test.enter("bob").channel());
        assertFalse(annsRoom.contains(ann.channel()), "nobody is asked for that");

        assertEquals(
                List.of(Verb.PUBLISH, Verb.READ, Verb.READ, Verb.PRESENCE, Verb.PRESENCE, Verb.PRESENCE),
                asked.stream().map(AccessRequest::verb).toList());
        assertTrue(asked.stream()
                .allMatch(request -> request.user().equals(ann.channel().user())
                        && request.group().equals(room.name())));
    }

    @Test
    void whatIsNotAllowedDoesNotHappen() {
        room.join(ann.channel());
        policy = request -> false;

        denied(() -> annsRoom.broadcast("hello", PublishOptions.DEFAULT.savingHistory()));
        denied(() -> annsRoom.history(HistoryQuery.latest(10)));
        denied(annsRoom::historyStats);
        denied(annsRoom::members);
        denied(annsRoom::size);
        denied(() -> annsRoom.contains(test.enter("bob").channel()));
        assertTrue(annsRoom.contains(ann.channel()));

        assertEquals(List.of(), ann.texts());
        assertEquals(0, room.historyStats().count());
        assertEquals(6, test.events(ChatEvent.AccessDenied.class).size());
    }

    @Test
    void leavingIsAlwaysAllowed() {
        room.join(ann.channel());
        policy = request -> false;

        assertEquals(LeaveStatus.GROUP_REMOVED, annsRoom.leave(ann.channel()));
    }

    @Test
    void whatIsTheApplicationsAloneIsRefusedWhateverThePolicySays() {
        for (Executable act : List.<Executable>of(
                annsRoom::clearHistory,
                () -> annsRoom.kick(BOB),
                () -> annsRoom.ban(BOB, Duration.ofHours(1)),
                () -> annsRoom.unban(BOB),
                () -> annsRoom.isBanned(BOB))) {
            assertThrows(NotAllowedException.class, act);
        }
        assertFalse(room.isBanned(BOB));
        assertEquals(List.of(), asked);
    }

    @Test
    void aUserSpeaksInTheirOwnNameOnly() {
        annsRoom.broadcast("mine", PublishOptions.DEFAULT.savingHistory());
        annsRoom.broadcast("mine too", PublishOptions.DEFAULT.savingHistory().from(ANN));
        denied(() -> annsRoom.broadcast(
                "not mine", PublishOptions.DEFAULT.savingHistory().from(BOB)));

        assertEquals(
                List.of(Optional.of(ANN), Optional.of(ANN)),
                room.history(HistoryQuery.latest(10)).entries().stream()
                        .map(entry -> entry.message().sender())
                        .toList());
        assertEquals(2, asked.size(), "nobody is asked for what cannot be");

        Peer bob = test.enter("bob");
        annsRoom.broadcast("marked", PublishOptions.DEFAULT.markedAsSaidBy(ann.channel()));
        denied(() -> annsRoom.broadcast("not mine", PublishOptions.DEFAULT.markedAsSaidBy(bob.channel())));
    }

    @Test
    void thePolicyIsToldTheKindOrElseTheDiscriminator() {
        annsRoom.broadcast("text");
        annsRoom.broadcast(new Say("hello"));
        annsRoom.broadcast(new Say("hello"), PublishOptions.DEFAULT.ofKind("announcement"));

        assertEquals(
                List.of(Message.PLAIN, "say", "announcement"),
                asked.stream().map(AccessRequest::kind).toList());
    }

    @Test
    void handlesThatActForDifferentChannelsAreNotEqual() {
        Peer again = test.enter("ann");

        assertEquals(annsRoom, room.actingAs(ann.channel()));
        assertEquals(annsRoom.hashCode(), room.actingAs(ann.channel()).hashCode());
        assertNotEquals(annsRoom, room);
        assertNotEquals(annsRoom, room.actingAs(again.channel()));
        assertEquals(room, test.box.group("room"));
        assertEquals("group room", room.toString());
        assertTrue(annsRoom.toString().contains("ann"));
    }

    @Test
    void aHandleCannotActForAChannelOfAnotherBox() {
        var other = new TestBox();

        assertThrows(
                IllegalArgumentException.class, () -> other.box.group("room").actingAs(ann.channel()));
    }

    // The policy

    @Test
    void aPolicyThatThrowsHasSaidNo() {
        for (Throwable thrown : List.of(new IllegalStateException("a secret"), new StackOverflowError())) {
            policy = request -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            };

            NotAllowedException refusal = denied(() -> room.join(ann.channel()));

            assertEquals("not allowed", refusal.text());
            assertEquals(0, room.size());
        }
    }

    @Test
    void aPolicyMayLookAtTheBoxAndActOnIt() {
        policy = request -> {
            test.box.group("waiting").broadcast(request.user().name() + " knocks");
            return test.box.group("invited").contains(ann.channel())
                    || request.group().value().equals("invited");
        };
        denied(() -> room.join(ann.channel()));
        test.box.group("invited").join(ann.channel());

        assertEquals(JoinStatus.GROUP_CREATED, room.join(ann.channel()));
    }

    @Test
    void noLockIsHeldWhileThePolicyIsAsked() {
        Peer bob = test.enter("bob", "room");
        try (var elsewhere = new Elsewhere()) {
            policy = request -> {
                elsewhere.run(() -> {
                    assertEquals(0, ann.channel().groups().size(), "it is asked before anything changes");
                    policy = AccessPolicy.ALLOW_ALL;
                    test.box.group("other").join(ann.channel());
                    room.leave(bob.channel());
                    room.broadcast("goes on", PublishOptions.DEFAULT.savingHistory());
                    ann.channel().send("goes on");
                    test.time.pass(Duration.ofSeconds(1));
                });
                return true;
            };

            assertEquals(JoinStatus.GROUP_CREATED, room.join(ann.channel()));
        }
    }

    @Test
    void ofTwoPoliciesBothMustAllowAndTheSecondIsNotAskedInVain() {
        var second = new ArrayList<AccessRequest>();
        AccessRequest request = verb(Verb.JOIN);
        AccessPolicy noting = each -> {
            second.add(each);
            return false;
        };

        assertFalse(AccessPolicy.ALLOW_ALL.and(noting).allows(request));
        assertEquals(List.of(request), second);
        assertFalse(noting.and(noting).allows(request));
        assertEquals(2, second.size());
        assertTrue(AccessPolicy.ALLOW_ALL.and(AccessPolicy.ALLOW_ALL).allows(request));
    }

    @Test
    void whoIsRefusedCannotTellWhy() {
        room.broadcast("this group exists", PublishOptions.DEFAULT.savingHistory());
        Peer bob = test.enter("bob", "room");
        policy = request -> {
            if (request.group().value().equals("broken")) {
                throw new IllegalStateException("a secret");
            }
            return !Set.of("room", "nowhere").contains(request.group().value());
        };
        test.box.group("banned").ban(ANN, Duration.ofHours(1));

        List<NotAllowedException> refusals = List.of(
                denied(() -> room.join(ann.channel())),
                denied(() -> test.box.group("nowhere").join(ann.channel())),
                denied(() -> test.box.group("banned").join(ann.channel())),
                denied(() -> test.box.group("broken").join(ann.channel())),
                denied(() -> test.box.inbox(BOB).join(ann.channel())),
                denied(() -> test.box.inbox(new UserId("nobody")).join(ann.channel())),
                denied(() -> test.box.inbox(BOB).actingAs(ann.channel()).size()),
                denied(() -> test.box
                        .inbox(new UserId("nobody"))
                        .actingAs(ann.channel())
                        .size()),
                denied(() -> annsRoom.contains(bob.channel())),
                denied(() -> test.box.group("nowhere").actingAs(ann.channel()).historyStats()),
                denied(() -> annsRoom.broadcast("x", PublishOptions.DEFAULT.from(BOB))),
                denied(() -> annsRoom.broadcast("x", PublishOptions.DEFAULT.from(new UserId("nobody")))));

        for (NotAllowedException refusal : refusals) {
            assertEquals("not_allowed", refusal.code());
            assertEquals("not allowed", refusal.text());
            assertEquals(Optional.empty(), refusal.retryAfter());
            assertEquals(List.of(), refusal.problems());
            assertSame(null, refusal.getCause());
        }
    }

    private NotAllowedException denied(Executable act) {
        return assertThrows(NotAllowedException.class, act);
    }

    private AccessRequest verb(Verb verb) {
        return new AccessRequest(ann.channel().user(), verb, GroupName.of("room"), "");
    }
}

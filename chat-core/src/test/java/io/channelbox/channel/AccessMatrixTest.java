package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.auth.AccessRequest;
import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Peer;
import io.channelbox.fake.PlainWords;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb, for everyone who may try it, on a real box with a policy such as an application has. */
class AccessMatrixTest {

    private static final GroupName ROOM = GroupName.of("room", "staff");

    enum Who {
        ANONYMOUS,
        AUTHENTICATED,
        MEMBER,
        BANNED
    }

    /** The rule of each verb: who may. A verb without one fails every test here. */
    private static final Map<Verb, Set<Who>> RULES = Map.of(
            Verb.JOIN, Set.of(Who.AUTHENTICATED, Who.MEMBER),
            Verb.PUBLISH, Set.of(Who.MEMBER),
            Verb.READ, Set.of(Who.MEMBER),
            Verb.PRESENCE, Set.of(Who.AUTHENTICATED, Who.MEMBER),
            Verb.RESUME, Set.of(Who.MEMBER),
            Verb.TYPING, Set.of(Who.MEMBER));

    /** One way to use a verb. What it asks for besides is allowed by the test. */
    @FunctionalInterface
    private interface Use {
        void of(Group room, Channel channel);
    }

    /** Every way to use a verb. A verb without one fails. */
    private Map<Verb, List<Use>> uses() {
        Map<Verb, List<Use>> uses = new EnumMap<>(Verb.class);
        uses.put(
                Verb.JOIN,
                List.of(
                        Group::join,
                        (room, me) -> room.actingAs(me).join(me),
                        (room, me) -> room.joinAsTopic(me, CatchUp.NOTHING, PlainWords.INSTANCE, Envelope.NONE),
                        (room, me) -> room.joinWithHistory(me, HistoryQuery.latest(10), page -> "page")));
        uses.put(
                Verb.PUBLISH,
                List.of(
                        (room, me) -> room.actingAs(me).broadcast("hello"),
                        (room, me) -> room.actingAs(me).broadcast("hello", PublishOptions.DEFAULT.savingHistory())));
        uses.put(
                Verb.READ,
                List.of(
                        (room, me) -> room.actingAs(me).history(HistoryQuery.latest(10)),
                        (room, me) -> room.actingAs(me).history(HistoryQuery.after(position, 10)),
                        (room, me) -> room.actingAs(me).historyStats(),
                        (room, me) -> room.joinAsTopic(me, CatchUp.latest(10), PlainWords.INSTANCE, Envelope.NONE),
                        (room, me) -> room.joinWithHistory(me, HistoryQuery.latest(10), page -> "page")));
        uses.put(
                Verb.PRESENCE,
                List.of(
                        (room, me) -> room.actingAs(me).members(),
                        (room, me) -> room.actingAs(me).size(),
                        (room, me) -> room.actingAs(me).contains(owner.channel()),
                        (room, me) -> presence.show(ROOM, me, Envelope.NONE)));
        uses.put(Verb.TYPING, List.of((room, me) -> presence.typing().started(ROOM, me)));
        uses.put(
                Verb.RESUME,
                List.of(
                        (room, me) -> room.joinAsTopic(me, CatchUp.since(position), PlainWords.INSTANCE, Envelope.NONE),
                        (room, me) -> room.joinWithHistory(me, HistoryQuery.after(position, 10), page -> "page")));
        return uses;
    }

    private Verb tried = Verb.JOIN;

    /** The rules as an application would write them; what a way asks for besides the verb that is tried is allowed to everyone. */
    private final AccessPolicy policy = request -> request.verb() != tried || mayByRole(request);

    private static boolean mayByRole(AccessRequest request) {
        boolean member = request.user().roles().contains("staff");
        return switch (request.verb()) {
            case JOIN, PRESENCE -> !request.user().isGuest();
            case PUBLISH, READ, RESUME, TYPING -> member;
        };
    }

    private final TestBox test = new TestBox(builder -> builder.access(policy).historyCodec(TextCodec.PLAIN));
    private final Presence presence = Presence.in(test.box).build();
    private final Group room = test.box.group(ROOM);
    private final StreamPosition position = room.broadcast("kept", PublishOptions.DEFAULT.savingHistory())
            .position()
            .orElseThrow();
    private final Peer owner = test.enter("owner");

    @Test
    void everyVerbHasARuleAndAWayToUseIt() {
        assertEquals(EnumSet.allOf(Verb.class), EnumSet.copyOf(RULES.keySet()), "verbs that have a rule here");
        assertEquals(EnumSet.allOf(Verb.class), EnumSet.copyOf(uses().keySet()), "verbs that are used here");
        assertTrue(uses().values().stream().noneMatch(List::isEmpty));
    }

    static Stream<Arguments> matrix() {
        return Arrays.stream(Verb.values())
                .flatMap(verb -> Arrays.stream(Who.values()).map(who -> Arguments.of(verb, who)));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void whoMayMayAndWhoMayNotIsToldTheSame(Verb verb, Who who) {
        tried = verb;
        boolean allowed = RULES.getOrDefault(verb, Set.of()).contains(who);
        List<Use> ways = uses().getOrDefault(verb, List.of());
        assertTrue(!ways.isEmpty(), () -> "nothing uses " + verb);
        for (Use way : ways) {
            Channel channel = enter(who);
            if (allowed) {
                way.of(room, channel);
            } else {
                var refusal = assertThrows(NotAllowedException.class, () -> way.of(room, channel));
                assertEquals("not_allowed: not allowed", refusal.code() + ": " + refusal.text());
                assertTrue(room.members().stream().noneMatch(channel::equals));
            }
            channel.ended(CloseStatus.NORMAL);
        }
        List<ChatEvent.AccessDenied> denials = test.events(ChatEvent.AccessDenied.class);
        assertEquals(allowed ? 0 : ways.size(), denials.size());
        assertTrue(who == Who.BANNED
                || denials.stream().allMatch(denial -> denial.verb().equals(verb.name())));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void aBanFromTheBoxHoldsForEveryVerbOnAChannelThatHasNotEndedYet(Verb verb, Who who) {
        tried = verb;
        for (Use way : uses().getOrDefault(verb, List.of())) {
            Channel channel = enter(who);
            test.box.ban(channel.user().id(), Duration.ofHours(1));

            assertThrows(NotAllowedException.class, () -> way.of(room, channel));

            test.box.unban(channel.user().id());
            channel.ended(CloseStatus.NORMAL);
        }
    }

    private Channel enter(Who who) {
        User user = switch (who) {
            case ANONYMOUS -> new User(new UserId("guest-1"), "guest-1", Set.of(User.GUEST));
            case AUTHENTICATED -> User.named("visitor");
            case MEMBER -> new User(new UserId("ann"), "Ann", Set.of("staff"));
            case BANNED -> new User(new UserId("bad"), "Bad", Set.of("staff"));
        };
        if (who == Who.BANNED) {
            room.ban(user.id(), Duration.ofHours(1));
        }
        return test.enter(Opening.of(user, TextCodec.PLAIN)).channel();
    }
}

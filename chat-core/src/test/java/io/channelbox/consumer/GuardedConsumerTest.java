package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.auth.AccessRequest;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.RemovedFromGroup;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What policy, bans and limits mean for a consumer and its peer. */
class GuardedConsumerTest {

    private final List<AccessRequest> asked = new ArrayList<>();
    private AccessPolicy policy = AccessPolicy.ALLOW_ALL;
    private final TestBox test = new TestBox(builder -> builder.access(request -> {
                asked.add(request);
                return policy.allows(request);
            })
            .limits(Limits.NONE.withMessagesPerChannel(Rate.perSecond(3)).withRefusalsInARow(2)));
    private final RecordingConnection connection = new RecordingConnection();
    private final List<String> told = new ArrayList<>();

    /** Does what a test says on connect, and what the peer says after that. */
    private final class Room extends ChannelConsumer<String> {
        private Consumer<Channel> connecting = me -> join("room");

        @Override
        protected void onConnect(Channel me) {
            connecting.accept(me);
        }

        @Override
        protected void onReceive(Channel me, String message) {
            told.add(message);
            switch (message) {
                case "size" -> me.send(group("room").size());
                case "as bob" -> broadcast("room", "forged", PublishOptions.DEFAULT.from(new UserId("bob")));
                default -> broadcast("room", message);
            }
        }

        @Override
        protected void onEvent(Channel me, Object event) {
            if (event instanceof RemovedFromGroup removed) {
                me.send("removed from " + removed.group());
            }
        }

        @Override
        protected void onDisconnect(Channel me, CloseStatus status) {
            told.add("disconnect " + status.code());
        }
    }

    private final Room consumer = new Room();

    @Test
    void theHelpersActForTheUserOfTheConnection() {
        Peer bob = test.enter("bob", "room");
        asked.clear();
        ConsumerSession session = open();

        say(session, "hello", "size");

        assertEquals(
                List.of(Verb.JOIN, Verb.PUBLISH, Verb.PRESENCE),
                asked.stream().map(AccessRequest::verb).toList());
        assertTrue(asked.stream().allMatch(request -> request.user().id().equals(new UserId("ann"))));
        assertEquals(List.of("hello"), bob.texts());
        assertEquals(List.of("hello", "2"), connection.texts());
    }

    @Test
    void whatIsNotAllowedIsAnsweredAndTheConnectionLives() {
        ConsumerSession session = open();
        policy = request -> false;

        say(session, "hello", "size", "as bob");

        assertEquals(3, connection.texts().size());
        assertEquals(1, connection.texts().stream().distinct().count(), "and every answer is the same");
        assertTrue(connection.texts().get(0).contains("not allowed"));
        assertEquals(List.of(), connection.closeCodes());
        assertEquals(List.of("not_allowed", "not_allowed", "not_allowed"), codes());
    }

    @Test
    void nobodySpeaksInAnothersName() {
        Peer bob = test.enter("bob", "room");
        ConsumerSession session = open();

        say(session, "as bob");

        assertEquals(List.of(), bob.texts());
        assertEquals(List.of("not_allowed"), codes());
    }

    @Test
    void whoMayNotEnterOnConnectIsClosedWith4403() {
        policy = request -> false;

        open();

        assertEquals(List.of(new CloseStatus(4403, "not allowed")), connection.closes());
        assertEquals(List.of("disconnect 4403"), told);
        assertEquals(1, connection.texts().size());
    }

    @Test
    void anotherRefusalOnConnectStillClosesWith1008() {
        consumer.connecting = me -> {
            throw new PeerException("not_allowed", "not an exception of the access policy");
        };

        open();

        assertEquals(List.of(1008), connection.closeCodes());
    }

    @Test
    void whoSaysTooMuchIsAnsweredNotReadAndClosedInTheEnd() {
        ConsumerSession session = open();

        say(session, "1", "2", "3", "unheard", "unheard");
        assertEquals(List.of("1", "2", "3"), told);
        assertEquals(List.of("rate_limited", "rate_limited"), codes());
        assertEquals(List.of(), connection.closeCodes());
        test.time.pass(Duration.ofMillis(334));
        say(session, "4", "unheard", "unheard", "too much", "behind");

        assertEquals(List.of("1", "2", "3", "4", "disconnect 4429"), told);
        assertEquals(List.of(CloseStatus.RATE_LIMITED), connection.closes());
    }

    @Test
    void aFloodThatCannotBeReadIsAFloodToo() {
        ConsumerSession session = open();

        for (int i = 0; i < 6; i++) {
            session.receive(Frame.text("{not json"));
        }
        test.executor.run();

        assertEquals(List.of(4429), connection.closeCodes());
        assertEquals(3, told.stream().filter("{not json"::equals).count());
    }

    @Test
    void aConsumerHearsThatItsChannelWasKicked() {
        ConsumerSession session = open();

        test.box.group("room").kick(new UserId("ann"));
        test.executor.run();
        say(session, "hello");

        assertEquals(List.of("removed from room"), connection.texts());
    }

    @Test
    void aBannedUserIsClosedAndNotLetInAgain() {
        open();

        test.box.ban(new UserId("ann"), Duration.ofHours(1));
        test.executor.run();

        assertEquals(List.of(new CloseStatus(4403, "banned")), connection.closes());
        assertEquals(List.of("disconnect 4403"), told);
        var refused = assertThrows(CloseException.class, () -> session(new Room()));
        assertEquals(4403, refused.status().code());
        assertEquals(List.of("disconnect 4403"), told, "its consumer never hears of that");
    }

    private List<String> codes() {
        return test.events(ChatEvent.PeerErred.class).stream()
                .map(ChatEvent.PeerErred::code)
                .toList();
    }

    private ConsumerSession open() {
        ConsumerSession session = session(consumer);
        connection.tell(session::closed, session::heard);
        test.executor.run();
        return session;
    }

    private ConsumerSession session(Room room) {
        return ConsumerSession.open(
                test.box, room, connection, Handshake.at("/").build(), User.named("ann"), ConsumerOptions.DEFAULT);
    }

    private void say(ConsumerSession session, String... texts) {
        for (String text : texts) {
            session.receive(Frame.text(text));
        }
        test.executor.run();
    }
}

package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.codec.Content;
import io.channelbox.codec.TextCodec;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} does, seen from one node. Implement it in a test class of your broker. */
public interface BrokerContract {

    /** The group most tests speak to. */
    GroupName ROOM = GroupName.of("chat", "room");

    /** Returns a broker that was not started and keeps histories of its own. */
    Broker newBroker();

    @Test
    default void whatWasReceivedIsLetOutAfterwards() throws Exception {
        try (Broker broker = newBroker()) {
            List<String> calls = new CopyOnWriteArrayList<>();
            var flushed = new CompletableFuture<List<String>>();
            broker.start(new Receiver() {
                @Override
                public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
                    calls.add("received");
                    return Deliveries.NONE;
                }

                @Override
                public void flush() {
                    if (!calls.isEmpty()) {
                        flushed.complete(List.copyOf(calls));
                    }
                }
            });
            broker.watch(ROOM);

            broker.publish(publication(ROOM, "a", PublishOptions.DEFAULT));

            assertEquals(List.of("received"), flushed.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    default void aWatchedGroupIsHeardAndNoOther() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);

            broker.publish(publication(ROOM, "here", PublishOptions.DEFAULT));
            broker.publish(publication(GroupName.of("elsewhere"), "there", PublishOptions.DEFAULT));

            assertEquals(List.of("here"), heard);
        }
    }

    @Test
    default void aGroupNoLongerWatchedIsNotHeard() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);
            broker.publish(publication(ROOM, "before", PublishOptions.DEFAULT));

            broker.unwatch(ROOM);
            broker.publish(publication(ROOM, "after", PublishOptions.DEFAULT));

            assertEquals(List.of("before"), heard);
        }
    }

    @Test
    default void whatIsNotKeptHasNoPosition() {
        try (Broker broker = newBroker()) {
            List<Optional<StreamPosition>> positions = new CopyOnWriteArrayList<>();
            broker.start(receiver((publication, position) -> {
                positions.add(position);
                return Deliveries.NONE;
            }));
            broker.watch(ROOM);

            PublishResult result = broker.publish(publication(ROOM, "a", PublishOptions.DEFAULT));

            assertInstanceOf(PublishResult.Sent.class, result);
            assertEquals(List.of(Optional.empty()), positions);
            assertTrue(broker.history().read(ROOM, HistoryQuery.latest(10)).isEmpty());
        }
    }

    @Test
    default void whatIsKeptIsToldWithThePositionItIsKeptAt() {
        try (Broker broker = newBroker()) {
            List<Optional<StreamPosition>> positions = new CopyOnWriteArrayList<>();
            broker.start(receiver((publication, position) -> {
                positions.add(position);
                return Deliveries.NONE;
            }));
            broker.watch(ROOM);

            PublishResult result = broker.publish(kept("a", PublishOptions.DEFAULT));

            StreamPosition position = result.keptAt().orElseThrow();
            assertEquals(1, position.offset());
            assertEquals(List.of(Optional.of(position)), positions);
            HistoryEntry entry = broker.history()
                    .read(ROOM, HistoryQuery.latest(1))
                    .entries()
                    .get(0);
            assertEquals(position, entry.position());
        }
    }

    @Test
    default void whatIsKeptIsKeptAlsoWhereNobodyListens() {
        try (Broker broker = newBroker()) {
            start(broker);

            broker.publish(kept("a", PublishOptions.DEFAULT));

            assertEquals(
                    1,
                    broker.history()
                            .read(ROOM, HistoryQuery.latest(10))
                            .entries()
                            .size());
        }
    }

    @Test
    default void manyPublishersAreHeardInTheOrderOfThePositions() {
        try (Broker broker = newBroker()) {
            List<Long> offsets = new CopyOnWriteArrayList<>();
            broker.start(receiver((publication, position) -> {
                offsets.add(position.orElseThrow().offset());
                return Deliveries.NONE;
            }));
            broker.watch(ROOM);

            List<CompletableFuture<Void>> publishers = IntStream.range(0, 8)
                    .mapToObj(each -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < 100; i++) {
                            broker.publish(kept(each + "-" + i, PublishOptions.DEFAULT));
                        }
                    }))
                    .toList();
            publishers.forEach(CompletableFuture::join);

            assertEquals(LongStream.rangeClosed(1, 800).boxed().toList(), offsets);
        }
    }

    @Test
    default void whatIsSaidAgainWithTheSameKeyIsNotToldAgain() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);
            PublishOptions once = PublishOptions.DEFAULT.from(new UserId("ann")).withIdempotencyKey("k1");

            Publication said = kept("a", once);
            StreamPosition first = broker.publish(said).keptAt().orElseThrow();
            PublishResult again = broker.publish(kept("a again", once));

            assertEquals(new PublishResult.Duplicate(said.id(), Optional.of(first)), again);
            assertEquals(List.of("a"), heard);
            assertEquals(1, broker.history().stats(ROOM).count());
        }
    }

    @Test
    default void oneKeyFromManyThreadsAtOnceIsSaidOnceAndAllAreToldTheSame() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);
            PublishOptions once = PublishOptions.DEFAULT.from(new UserId("ann")).withIdempotencyKey("k1");

            List<CompletableFuture<PublishResult>> all = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> broker.publish(kept("a", once))))
                    .toList();
            Set<Optional<StreamPosition>> positions =
                    all.stream().map(each -> each.join().keptAt()).collect(Collectors.toSet());

            assertEquals(List.of("a"), heard);
            assertEquals(1, positions.size());
            assertEquals(1, broker.history().stats(ROOM).count());
        }
    }

    @Test
    default void aKeptMessageKeepsItsKey() {
        try (Broker broker = newBroker()) {
            start(broker);

            broker.publish(kept("a", PublishOptions.DEFAULT.withIdempotencyKey("k1")));

            HistoryEntry entry = broker.history()
                    .read(ROOM, HistoryQuery.latest(1))
                    .entries()
                    .get(0);
            assertEquals(Optional.of("k1"), entry.message().idempotencyKey());
        }
    }

    @Test
    default void theSameKeyOfAnotherSenderOrGroupIsAnotherOne() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);
            GroupName other = GroupName.of("chat", "other");
            broker.watch(other);
            PublishOptions ann = PublishOptions.DEFAULT.from(new UserId("ann")).withIdempotencyKey("k1");
            PublishOptions bob = PublishOptions.DEFAULT.from(new UserId("bob")).withIdempotencyKey("k1");

            broker.publish(publication(ROOM, "a", ann));
            broker.publish(publication(ROOM, "b", bob));
            broker.publish(publication(other, "c", ann));

            assertEquals(List.of("a", "b", "c"), heard);
        }
    }

    @Test
    default void nobodySpeaksUnderRulesInAFrozenGroupUntilItIsNotFrozen() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);

            broker.rule(ROOM, new Rule.Freeze(true));
            PublishResult refused = broker.publish(kept("refused", saidBy("ann")));
            broker.publish(publication(ROOM, "by the application", PublishOptions.DEFAULT));
            broker.rule(ROOM, new Rule.Freeze(false));
            broker.publish(kept("heard", saidBy("ann")));

            assertEquals(PublishResult.Reason.FROZEN, reasonOf(refused));
            assertEquals(List.of("by the application", "heard"), heard);
            assertEquals(1, broker.history().stats(ROOM).count());
        }
    }

    @Test
    default void aMutedUserDoesNotSpeakInThatGroupAndOthersDo() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);
            GroupName other = GroupName.of("chat", "other");
            broker.watch(other);

            broker.rule(ROOM, new Rule.Mute(new UserId("ann"), Duration.ofHours(1)));
            PublishResult refused = broker.publish(kept("refused", saidBy("ann")));
            broker.publish(kept("by another", saidBy("bob")));
            broker.publish(publication(other, "elsewhere", saidBy("ann")));
            broker.rule(ROOM, new Rule.Mute(new UserId("ann"), Duration.ZERO));
            broker.publish(kept("again", saidBy("ann")));

            assertEquals(PublishResult.Reason.MUTED, reasonOf(refused));
            assertTrue(
                    ((PublishResult.Refused) refused).retryAfter().orElseThrow().compareTo(Duration.ofMinutes(59)) > 0);
            assertEquals(List.of("by another", "elsewhere", "again"), heard);
        }
    }

    @Test
    default void inSlowModeEachUserWaitsBetweenTwoMessages() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);

            broker.rule(ROOM, new Rule.SlowMode(Duration.ofHours(1)));
            broker.publish(kept("first", saidBy("ann")));
            PublishResult refused = broker.publish(kept("too soon", saidBy("ann")));
            broker.publish(kept("by another", saidBy("bob")));
            broker.rule(ROOM, new Rule.SlowMode(Duration.ZERO));
            broker.publish(kept("second", saidBy("ann")));

            assertEquals(PublishResult.Reason.SLOW_MODE, reasonOf(refused));
            assertTrue(
                    ((PublishResult.Refused) refused).retryAfter().orElseThrow().compareTo(Duration.ofMinutes(59)) > 0);
            assertEquals(List.of("first", "by another", "second"), heard);
        }
    }

    @Test
    default void whatWasRefusedMayBeSaidLaterWithTheSameKeyAndWhatWasSaidIsARepeatedOneWhateverTheRules() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.watch(ROOM);
            PublishOptions once = saidBy("ann").withIdempotencyKey("k1");

            broker.rule(ROOM, new Rule.Freeze(true));
            PublishResult refused = broker.publish(kept("a", once));
            broker.rule(ROOM, new Rule.Freeze(false));
            PublishResult said = broker.publish(kept("a", once));
            broker.rule(ROOM, new Rule.Freeze(true));
            PublishResult repeated = broker.publish(kept("a", once));

            assertEquals(PublishResult.Reason.FROZEN, reasonOf(refused));
            assertInstanceOf(PublishResult.Appended.class, said);
            assertInstanceOf(PublishResult.Duplicate.class, repeated);
            assertEquals(List.of("a"), heard);
        }
    }

    @Test
    default void publishingFromInsideADeliveryIsRefused() {
        try (Broker broker = newBroker()) {
            List<Throwable> refusals = new ArrayList<>();
            broker.start(receiver((publication, position) -> {
                refusals.add(assertThrows(
                        IllegalStateException.class,
                        () -> broker.publish(publication(ROOM, "inner", PublishOptions.DEFAULT))));
                return Deliveries.NONE;
            }));
            broker.watch(ROOM);

            broker.publish(publication(ROOM, "outer", PublishOptions.DEFAULT));

            assertEquals(1, refusals.size());
        }
    }

    @Test
    default void aBrokerBelongsToOneBox() {
        try (Broker broker = newBroker()) {
            start(broker);

            assertThrows(IllegalStateException.class, () -> start(broker));
        }
    }

    @Test
    default void watchingTwiceIsHeardOnceAndLeavingBeforeWatchingIsHarmless() {
        try (Broker broker = newBroker()) {
            List<String> heard = start(broker);
            broker.unwatch(ROOM);
            broker.watch(ROOM);
            broker.watch(ROOM);

            broker.publish(publication(ROOM, "a", PublishOptions.DEFAULT));

            assertEquals(List.of("a"), heard);
        }
    }

    private static List<String> start(Broker broker) {
        List<String> heard = new CopyOnWriteArrayList<>();
        broker.start(receiver((publication, position) -> {
            heard.add(((TextFrame) publication.content().in(TextCodec.PLAIN)).text());
            return Deliveries.NONE;
        }));
        return heard;
    }

    private static PublishOptions saidBy(String user) {
        return PublishOptions.DEFAULT.from(new UserId(user)).underRules();
    }

    private static PublishResult.Reason reasonOf(PublishResult result) {
        return assertInstanceOf(PublishResult.Refused.class, result).why();
    }

    private static Publication publication(GroupName group, String text, PublishOptions options) {
        Instant now = Instant.now();
        return new Publication(MessageId.at(now), group, now, Content.of(text), options, Optional.empty());
    }

    private static Publication kept(String text, PublishOptions options) {
        Instant now = Instant.now();
        Content content = Content.of(text);
        return new Publication(
                MessageId.at(now),
                ROOM,
                now,
                content,
                options,
                Optional.of(new Publication.Keep(content.payloadIn(TextCodec.PLAIN), Retention.DEFAULT)));
    }

    private static Receiver receiver(BiFunction<Publication, Optional<StreamPosition>, Deliveries> receiving) {
        return new Receiver() {
            @Override
            public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
                return receiving.apply(publication, position);
            }

            @Override
            public void flush() {}
        };
    }
}

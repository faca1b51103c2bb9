package io.channelbox.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.codec.Content;
import io.channelbox.fake.ManualTime;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupRulesTest {

    private static final GroupName ROOM = GroupName.of("room");
    private static final UserId ANN = new UserId("ann");

    private final ManualTime time = new ManualTime();
    private final GroupRules rules = new GroupRules(time::nanoTime);

    @Test
    void aMuteEndsByTimeAndSaysHowMuchOfItIsLeft() {
        rules.change(ROOM, new Rule.Mute(ANN, Duration.ofMinutes(10)));

        time.pass(Duration.ofMinutes(4));
        assertEquals(refused(PublishResult.Reason.MUTED, Duration.ofMinutes(6)), rules.refusalOf(by(ANN)));

        time.pass(Duration.ofMinutes(6));
        assertEquals(Optional.empty(), rules.refusalOf(by(ANN)));
    }

    @Test
    void aMuteForEverIsOne() {
        rules.change(ROOM, new Rule.Mute(ANN, Duration.ofSeconds(Long.MAX_VALUE)));

        time.pass(Duration.ofDays(1));

        assertEquals(
                PublishResult.Reason.MUTED,
                ((PublishResult.Refused) rules.refusalOf(by(ANN)).orElseThrow()).why());
    }

    @Test
    void inSlowModeWhoHasWaitedSpeaksAgain() {
        rules.change(ROOM, new Rule.SlowMode(Duration.ofSeconds(30)));
        rules.said(by(ANN));

        time.pass(Duration.ofSeconds(20));
        assertEquals(refused(PublishResult.Reason.SLOW_MODE, Duration.ofSeconds(10)), rules.refusalOf(by(ANN)));

        time.pass(Duration.ofSeconds(10));
        assertEquals(Optional.empty(), rules.refusalOf(by(ANN)));
    }

    @Test
    void aShorterPauseHoldsAtOnce() {
        rules.change(ROOM, new Rule.SlowMode(Duration.ofHours(1)));
        rules.said(by(ANN));
        time.pass(Duration.ofSeconds(20));

        rules.change(ROOM, new Rule.SlowMode(Duration.ofSeconds(30)));

        assertEquals(refused(PublishResult.Reason.SLOW_MODE, Duration.ofSeconds(10)), rules.refusalOf(by(ANN)));
    }

    @Test
    void whatIsOverIsForgotten() {
        rules.change(ROOM, new Rule.SlowMode(Duration.ofSeconds(30)));
        for (int i = 0; i < 1_000; i++) {
            UserId user = new UserId("user" + i);
            rules.change(GroupName.of("room" + i), new Rule.Mute(user, Duration.ofMinutes(1)));
            rules.change(GroupName.of("room" + i), new Rule.Freeze(true));
            rules.change(GroupName.of("room" + i), new Rule.Freeze(false));
            rules.said(by(user));
        }

        time.pass(Duration.ofMinutes(2));
        rules.change(ROOM, new Rule.SlowMode(Duration.ZERO));

        assertEquals(0, rules.size());
    }

    @Test
    void whatTheApplicationSaysIsNotBound() {
        rules.change(ROOM, new Rule.Freeze(true));
        rules.change(ROOM, new Rule.Mute(ANN, Duration.ofMinutes(10)));

        assertEquals(Optional.empty(), rules.refusalOf(publication(PublishOptions.DEFAULT.from(ANN))));
    }

    @Test
    void changingARuleInTheMiddleOfADeliveryIsRefused() {
        try (var broker = new LocalBroker(new InMemoryHistoryStore(time), time::nanoTime)) {
            List<Throwable> refusals = new ArrayList<>();
            broker.start(new Receiver() {
                @Override
                public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
                    refusals.add(
                            assertThrows(IllegalStateException.class, () -> broker.rule(ROOM, new Rule.Freeze(true))));
                    return Deliveries.NONE;
                }

                @Override
                public void flush() {}
            });
            broker.watch(ROOM);

            broker.publish(by(ANN));

            assertEquals(1, refusals.size());
        }
    }

    private static Optional<PublishResult> refused(PublishResult.Reason why, Duration left) {
        return Optional.of(new PublishResult.Refused(why, Optional.of(left)));
    }

    private Publication by(UserId user) {
        return publication(PublishOptions.DEFAULT.from(user).underRules());
    }

    private Publication publication(PublishOptions options) {
        return new Publication(
                MessageId.at(time.instant()), ROOM, time.instant(), Content.of("hi"), options, Optional.empty());
    }
}

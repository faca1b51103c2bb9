package io.channelbox.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.LeaveStatus;
import org.junit.jupiter.api.Test;

/** What is measured does what it says, once. */
class FiguresTest {

    @Test
    void whoJoinsIsToldFiftyMessages() {
        var benchmark = new JoinBenchmark();
        benchmark.talk();
        long first = benchmark.joinWithOnePage();

        long asGroup = benchmark.joinWithOnePage();
        long asTopic = benchmark.subscribe();
        long joined = benchmark.join();
        benchmark.end();

        assertEquals(first + 1, asGroup);
        assertEquals(asGroup + 1 + 50 + 1, asTopic);
        assertEquals(asTopic, joined);
    }

    @Test
    void whatIsRepeatedWithTheSameKeyIsSaidOnce() {
        var benchmark = new PublishBenchmark();
        benchmark.enter();

        assertTrue(benchmark.saved().position().isPresent());
        assertTrue(benchmark.savedWithKey().position().isPresent());
        assertEquals(benchmark.repeated().position(), benchmark.repeated().position());
        benchmark.end();
    }

    @Test
    void whoComesBackGetsWhatWasMissedFromAFewReads() {
        RecoveryStorm.Result result = RecoveryStorm.run(50);

        assertEquals(50 * (1 + 100), result.frames());
        assertTrue(result.reads() <= 5, () -> result.reads() + " reads");
    }

    @Test
    void anIdleConnectionWithPresenceTakesAtMostFourKibibytes() {
        HeapPerConnection.measure(true, 1_000); // classes and tables that are there once for all

        long bytes = HeapPerConnection.measure(true, 5_000);

        assertTrue(bytes > 0 && bytes <= 4_096, () -> bytes + " bytes");
    }

    @Test
    void everyMemberOfEveryRoomGetsWhatIsSaid() {
        var house = new FanOutBenchmark.House();
        house.members = 10;
        house.enter();
        var room = new FanOutBenchmark.Room();
        room.enter(house);
        var guest = new FanOutBenchmark.Guest();
        guest.enter(house);
        var arrived = new FanOutBenchmark.Arrived();
        var benchmark = new FanOutBenchmark();

        benchmark.ownRoom(room, arrived);
        benchmark.oneRoom(house, arrived);
        LeaveStatus left = benchmark.cameAndWent(house, guest);
        benchmark.said(house, arrived);
        house.end();

        assertEquals(30, arrived.deliveries);
        assertEquals(LeaveStatus.LEFT, left);
    }

    @Test
    void anOutboxTakesWhatItIsOffered() {
        var benchmark = new OutboxBenchmark();

        var taken = new OutboxBenchmark.Taken();

        benchmark.alone(taken);
        benchmark.contendedByTwo(taken);
        benchmark.contendedByEight(taken);
        benchmark.end();

        assertEquals(3, taken.queued);
    }

    @Test
    void aFullHistoryGoesOn() {
        var benchmark = new HistoryBenchmark();

        assertEquals(1_001, benchmark.append().offset());
        assertEquals(50, benchmark.newest().entries().size());
        assertEquals(50, benchmark.missed().entries().size());
    }

    @Test
    void whatIsWrittenIsWhatWouldBeRead() {
        var benchmark = new CodecBenchmark();

        assertInstanceOf(CodecBenchmark.Say.class, benchmark.decode());
        assertTrue(benchmark.encode() > 100);
        assertTrue(benchmark.wrap() > benchmark.encode());
    }
}

package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Receiver;
import io.channelbox.channel.ChannelBox;
import io.channelbox.cluster.ClusterBroker;
import io.channelbox.cluster.Threads;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that does not come to telling its members what it hears. */
class OverwhelmedNodeTest {

    private static final GroupName LOBBY = GroupName.of("room", "lobby");

    private final SharedMemory memory = new SharedMemory(System::nanoTime);
    private final ManualExecutor deliveries = new ManualExecutor();
    private final ClusterBroker hearing =
            ClusterBroker.on(memory.newNode()).threads(new Stuck()).build();
    private final ChannelBox speaking = ChannelBox.builder()
            .broker(ClusterBroker.on(memory.newNode())
                    .comesBackWithin(Duration.ZERO)
                    .build())
            .build();
    private final List<MessageId> received = new ArrayList<>();

    private final class Stuck implements Threads {

        @Override
        public Executor deliveries() {
            return deliveries; // which nobody runs
        }

        @Override
        public Executor questions() {
            return Runnable::run;
        }

        @Override
        public Executor pulse() {
            return Runnable::run;
        }

        @Override
        public void every(Duration period, Runnable work) {}

        @Override
        public void close() {}
    }

    private final class Counting implements Receiver {

        @Override
        public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
            received.add(publication.id());
            return Deliveries.NONE;
        }

        @Override
        public void flush() {}
    }

    @BeforeEach
    void listen() {
        hearing.start(new Counting());
        hearing.watch(LOBBY);
    }

    @AfterEach
    void close() {
        speaking.close(Duration.ZERO);
        hearing.close();
    }

    private void sayMuch() {
        for (int i = 0; i < 20; i++) {
            speaking.group(LOBBY).broadcast("x".repeat(1 << 20), PublishOptions.DEFAULT.withoutHistory());
        }
    }

    @Test
    void whatIsNotKeptAndTooMuchIsDroppedAndCounted() {
        sayMuch();
        long dropped = hearing.dropped();

        deliveries.runAll();

        assertTrue(dropped > 0 && dropped < 20, "dropped " + dropped);
        assertEquals(20, received.size() + dropped);
    }

    @Test
    void whatIsKeptIsReadWhenThereIsRoomForItAndIsNeverAmongWhatIsDropped() {
        sayMuch();
        long dropped = hearing.dropped();
        MessageId kept = speaking.group(LOBBY)
                .broadcast("x".repeat(1 << 19), PublishOptions.DEFAULT.savingHistory())
                .message();

        deliveries.runAll();

        assertEquals(dropped, hearing.dropped());
        assertEquals(kept, received.get(received.size() - 1));
    }

    @Test
    void whatIsOfAnotherVersionIsCountedAndHurtsNothing() {
        memory.tell(new byte[] {2, 1, 0});
        memory.tell(LOBBY, new byte[] {2, 1, 0});

        assertEquals(2, hearing.malformed());
    }
}

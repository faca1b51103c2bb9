package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.fake.HookedStore;
import io.channelbox.fake.Peer;
import io.channelbox.fake.PlainWords;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many members that come back, and those that missed much. */
class RecoveryStormTest {

    private static final int CLIENTS = 5_000;
    private static final Codec<Object> CODEC = TypedJsonCodec.ofTypes(JsonStyle.DEFAULT.payloadIn("payload"));

    @TypeName("said")
    record Said(String text) {}

    private final AtomicInteger reads = new AtomicInteger();
    private final TestBox test = new TestBox(builder ->
            builder.history(new HookedStore(InstantSource.fixed(Instant.EPOCH)).beforeRead(reads::incrementAndGet)));
    private final Group room = test.box.group("room:lobby");

    @Test
    void fiveThousandWhoComeBackAtOnceShareAFewReads() {
        List<StreamPosition> positions = say(250);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            peers.add(test.enter(Opening.of(User.named("u" + i), CODEC)));
        }
        reads.set(0);

        long start = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            StreamPosition since = positions.get(149 - i % 50);
            room.joinAsTopic(peers.get(i).channel(), CatchUp.since(since), PlainWords.INSTANCE, Envelope.NONE);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;

        System.out.println("5,000 recoveries of 100 to 149 messages took " + millis + " ms and " + reads + " reads");
        assertTrue(reads.get() <= 50, () -> reads + " reads");
        for (int i = 0; i < CLIENTS; i++) {
            assertEquals(1 + 100 + i % 50, peers.get(i).texts().size());
        }
    }

    @Test
    void aLongRecoveryGoesPageByPageAsThePeerReads() {
        List<StreamPosition> positions = say(1_000);
        var connection = new RecordingConnection();
        Channel channel = test.box.open(connection, Opening.of(User.named("ann"), CODEC));
        connection.tell(channel);
        reads.set(0);

        room.joinAsTopic(channel, CatchUp.since(positions.get(0)), PlainWords.INSTANCE, Envelope.NONE);
        assertEquals(1, reads.get());
        say(1);
        test.executor.run();

        List<String> texts = connection.texts();
        assertEquals(1 + 999 + 1, texts.size());
        for (int i = 1; i < texts.size(); i++) {
            assertTrue(texts.get(i).contains("\"seq\":" + (i + 1) + ","), texts.get(i));
        }
    }

    private List<StreamPosition> say(int messages) {
        List<StreamPosition> positions = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            positions.add(room.broadcast(new Said("message " + i), PublishOptions.DEFAULT.savingHistory())
                    .position()
                    .orElseThrow());
        }
        return positions;
    }
}

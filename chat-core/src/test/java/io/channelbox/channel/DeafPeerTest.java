package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.PlainWords;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.message.TypeName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer that asks again and again for what was said, and reads nothing. */
class DeafPeerTest {

    private static final Codec<Object> CODEC = TypedJsonCodec.ofTypes(JsonStyle.DEFAULT.payloadIn("payload"));
    private static final int MESSAGES = 200;

    @TypeName("said")
    record Said(String text) {}

    private final TestBox test = new TestBox();
    private final Group room = test.box.group("room:lobby");

    @Test
    void hasNoMoreThanABoundedPartOfItWaiting() {
        Peer deaf = asking(1_000);

        assertTrue(deaf.channel().isOpen());
        long waiting = deaf.channel().outbox().waitingBytes();
        assertTrue(waiting < 2 * OutboxLimits.DEFAULT.bytes(), () -> waiting + " bytes");
    }

    @Test
    void getsAllOfItsLastStreamWhenItReadsAfterAll() {
        Peer deaf = asking(20);

        while (deaf.connection().openSends() > 0) {
            deaf.connection().completeAll();
            test.executor.run();
        }

        List<String> texts = deaf.texts();
        List<String> last = texts.subList(texts.lastIndexOf(texts.get(0)) + 1, texts.size());
        assertTrue(texts.get(0).contains("started at 0"), texts.get(0));
        assertEquals(MESSAGES, last.size());
        for (int i = 0; i < MESSAGES; i++) {
            assertTrue(last.get(i).contains("\"seq\":" + (i + 1) + ","), last.get(i));
        }
    }

    private Peer asking(int times) {
        for (int i = 0; i < MESSAGES; i++) {
            room.broadcast(new Said("x".repeat(1_200)), PublishOptions.DEFAULT.savingHistory());
        }
        Peer peer = test.enter(Opening.of(User.named("eve"), CODEC));
        peer.connection().sending(Sends.LATER);
        for (int i = 0; i < times; i++) {
            room.leave(peer.channel());
            room.joinAsTopic(peer.channel(), CatchUp.latest(1_000), PlainWords.INSTANCE, Envelope.NONE);
        }
        return peer;
    }
}

package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Channel;
import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.FrameCodec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.TextCodec;
import io.channelbox.message.Frame;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a consumer says for M decides how its frames are read. */
class MessageTypeTest {

    record Say(String text) {}

    private abstract static class Of<M> extends ChannelConsumer<M> {
        @Override
        protected void onReceive(Channel me, M message) {}
    }

    private static final class Texts extends Of<String> {}

    private static final class Bytes extends Of<byte[]> {}

    private static final class Frames extends Of<Frame> {}

    private static final class Records extends Of<Say> {}

    private static final class Lists extends Of<List<Say>> {}

    private static final class Maps extends Of<Map<String, Object>> {}

    @SuppressWarnings("rawtypes") // that is what this test is about
    private static final class Raw extends Of {}

    private static class Listing<T> extends Of<List<T>> {}

    private static final class ListingSays extends Listing<Say> {}

    @Test
    void textBytesAndFramesAreReadAsTheyAre() {
        assertSame(TextCodec.PLAIN, new Texts().codec());
        assertSame(BinaryCodec.PLAIN, new Bytes().codec());
        assertSame(FrameCodec.INSTANCE, new Frames().codec());
    }

    @Test
    void anythingElseIsJson() {
        assertEquals(new Say("x"), new Records().codec().decode(Frame.text("{\"text\":\"x\"}")));
        assertEquals(List.of(new Say("x")), new Lists().codec().decode(Frame.text("[{\"text\":\"x\"}]")));
        assertEquals(Map.of("n", 1), new Maps().codec().decode(Frame.text("{\"n\":1}")));
    }

    @Test
    void aCodecIsMadeOncePerClass() {
        assertInstanceOf(JsonCodec.class, new Records().codec());
        assertSame(new Records().codec(), new Records().codec());
    }

    @Test
    void aConsumerThatDoesNotSayIsRefusedWithTheCure() {
        ChannelConsumer<?> raw = new Raw();

        var refused = assertThrows(IllegalStateException.class, raw::codec);

        assertTrue(String.valueOf(refused.getMessage()).contains("extends ChannelConsumer<MyMessage>"));
    }

    @Test
    void aTypeThatIsOpenInsideOfAnotherIsRefusedRatherThanReadAsSomethingElse() {
        assertThrows(IllegalStateException.class, () -> new ListingSays().codec());
    }
}

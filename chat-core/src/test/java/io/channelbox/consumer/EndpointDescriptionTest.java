package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.auth.Subprotocols;
import io.channelbox.channel.Channel;
import io.channelbox.codec.JsonStyle;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EndpointDescriptionTest {

    private static class Silent<M> extends ChannelConsumer<M> {
        @Override
        protected void onReceive(Channel me, M message) {}
    }

    private static final class OfObjects extends Silent<List<String>> {}

    private static final class OfText extends Silent<String> {}

    private static final class OfBytes extends Silent<byte[]> {}

    private static List<String> spokenBy(Supplier<? extends ChannelConsumer<?>> factory) {
        return EndpointDescription.of("/chat", factory)
                .speaking(Subprotocols.of("chat.v1"))
                .names();
    }

    @Test
    void theLibrarysOwnSubprotocolIsSpokenWhereJsonIsWritten() {
        Topics topics = Topics.in(JsonStyle.DEFAULT);

        assertEquals(List.of("chat.v1", "channelbox.v1"), spokenBy(OfObjects::new));
        assertEquals(List.of("chat.v1", "channelbox.v1"), spokenBy(topics.hub()));
    }

    @Test
    void whatIsNoJsonIsNeverJoined() {
        assertEquals(List.of("chat.v1"), spokenBy(OfText::new));
        assertEquals(List.of("chat.v1"), spokenBy(OfBytes::new));
    }
}

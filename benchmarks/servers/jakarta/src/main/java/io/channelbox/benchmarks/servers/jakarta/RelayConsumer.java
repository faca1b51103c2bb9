package io.channelbox.benchmarks.servers.jakarta;

import io.channelbox.benchmarks.servers.PlainText;
import io.channelbox.channel.Channel;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.TextCodec;
import io.channelbox.consumer.ChannelConsumer;

/** Relays texts to the rooms that they name. */
final class RelayConsumer extends ChannelConsumer<String> {

    private static final Codec<String> JSON = JsonCodec.of(String.class);

    private final Codec<String> codec;

    private RelayConsumer(Codec<String> codec) {
        this.codec = codec;
    }

    static RelayConsumer ofTexts() {
        return new RelayConsumer(TextCodec.PLAIN);
    }

    static RelayConsumer ofJson() {
        return new RelayConsumer(JSON);
    }

    @Override
    protected Codec<String> codec() {
        return codec;
    }

    @Override
    protected void onReceive(Channel me, String text) {
        if (PlainText.isJoin(text)) {
            join(PlainText.roomToJoin(text));
            reply(text);
        } else {
            broadcast(PlainText.roomOf(text), text);
        }
    }
}

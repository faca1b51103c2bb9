package io.channelbox.channel;

import io.channelbox.codec.Codec;
import io.channelbox.codec.Content;
import io.channelbox.codec.Envelope;
import io.channelbox.message.Frame;
import java.util.ArrayList;
import java.util.List;

/** One thing to say in the few envelopes that its recipients need, each made once. Used by one thread. */
final class EnvelopedContent {

    private record Wrapped(String format, Envelope envelope, Frame frame) {}

    private final Content content;
    private final List<Wrapped> made = new ArrayList<>(0);

    EnvelopedContent(Content content) {
        this.content = content;
    }

    Frame in(Codec<?> codec, Envelope envelope) {
        if (envelope.isEmpty()) {
            return content.in(codec);
        }
        for (Wrapped known : made) {
            if (known.format.equals(codec.format()) && known.envelope.equals(envelope)) {
                return known.frame;
            }
        }
        Frame frame = codec.wrap(content.in(codec), envelope);
        made.add(new Wrapped(codec.format(), envelope, frame));
        return frame;
    }
}

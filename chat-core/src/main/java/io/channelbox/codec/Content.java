package io.channelbox.codec;

import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing to say, and its frame in every format asked for so far, so that each format is written once however many
 * receivers there are. A {@link Frame} goes to everyone as it is. Safe for use by several threads.
 */
public final class Content {

    private final Object payload;
    // Replaced as a whole, never changed. Two threads may write one format twice, and it comes out equal.
    private volatile @Nullable Written written;

    private Content(Object payload) {
        this.payload = payload;
    }

    /** Returns the content that is this object. */
    public static Content of(Object payload) {
        return new Content(Objects.requireNonNull(payload, "payload"));
    }

    /** Returns the object, or the frame. */
    public Object payload() {
        return payload;
    }

    /**
     * Returns the frame in the format of the codec.
     *
     * @throws IllegalArgumentException when the codec cannot write the object
     */
    public Frame in(Codec<?> codec) {
        if (payload instanceof Frame frame) {
            return frame;
        }
        String format = codec.format();
        for (Written made = written; made != null; made = made.next) {
            if (made.format.equals(format)) {
                return made.frame;
            }
        }
        Frame frame = codec.encode(payload);
        written = new Written(format, frame, written);
        return frame;
    }

    /**
     * Returns what is kept in a history: the frame in the format of the codec. Text is kept as text and a frame as it is,
     * since a codec that writes a history into a larger object trusts what is of its own format.
     */
    public Payload payloadIn(Codec<?> codec) {
        if (payload instanceof Payload made) {
            return made;
        }
        if (payload instanceof Frame frame) {
            return new Payload(FrameCodec.INSTANCE.format(), frame);
        }
        if (payload instanceof CharSequence) {
            return new Payload(TextCodec.PLAIN.format(), in(TextCodec.PLAIN));
        }
        return new Payload(codec.format(), in(codec));
    }

    private record Written(
            String format, Frame frame, @Nullable Written next) {}
}

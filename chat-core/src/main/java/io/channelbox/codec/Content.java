package io.channelbox.codec;

import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing to say, and its frame in every format asked for so far, so that each format is written once however many
 * receivers there are. A {@link Frame} goes to everyone as it is. Safe for use by several threads.
 */
public final class Content {

    private final Object payload;
    private final boolean carried;
    // Replaced as a whole, never changed. Two threads may write one format twice, and it comes out equal.
    private volatile @Nullable Written written;

    private Content(Object payload, boolean carried) {
        this.payload = payload;
        this.carried = carried;
    }

    /** Returns the content that is this object. */
    public static Content of(Object payload) {
        return new Content(Objects.requireNonNull(payload, "payload"), false);
    }

    /** Returns the content of something that another node has written, in these formats; the first is what would be kept. */
    public static Content carried(List<Payload> written) {
        if (Objects.requireNonNull(written, "written").isEmpty()) {
            throw new IllegalArgumentException("written must not be empty: nothing can be told of it");
        }
        var content = new Content(written.get(0), true);
        for (Payload each : written) {
            content.written = new Written(each.format(), each.frame(), content.written);
        }
        return content;
    }

    /** Returns what was written so far. */
    public List<Payload> written() {
        List<Payload> all = new ArrayList<>(1);
        if (payload instanceof Frame frame) {
            all.add(new Payload(FrameCodec.INSTANCE.format(), frame));
        } else if (payload instanceof Payload made) {
            all.add(made);
        }
        for (Written made = written; made != null; made = made.next) {
            all.add(new Payload(made.format, made.frame));
        }
        return List.copyOf(all);
    }

    /** Tells whether another node has written it: then nothing is known of it but what was written. */
    public boolean isCarried() {
        return carried;
    }

    /** Returns the object, or the frame; of what another node has written, the {@link Payload}. */
    public Object payload() {
        return payload;
    }

    /**
     * Returns the frame in the format of the codec.
     *
     * @throws IllegalArgumentException when the codec cannot write the object, or cannot make its own of what another node has written
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
        Frame frame = carried ? codec.restore(restorableBy(codec)) : codec.encode(payload);
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

    /** Returns what the codec can make its own of; what would be kept, if there is nothing. */
    private Payload restorableBy(Codec<?> codec) {
        return written().stream()
                .filter(made -> codec.restores(made.format()))
                .findFirst()
                .orElse((Payload) payload);
    }

    private record Written(
            String format, Frame frame, @Nullable Written next) {}
}

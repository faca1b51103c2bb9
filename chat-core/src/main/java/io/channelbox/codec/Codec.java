package io.channelbox.codec;

import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;

/**
 * Application objects to frames and back. Implementations hold no state and are used by many threads at once.
 *
 * @param <M> what an inbound frame becomes
 */
public interface Codec<M> {

    /**
     * Names what {@link #encode} writes, such as {@code json}. Codecs with the same format must write the same frame for
     * the same object, since a broadcast is encoded once per format and shared by all members that speak it.
     */
    String format();

    /**
     * Tells whether every text frame of {@link #encode} and {@link #wrap} is a JSON text, so that it has no control character but line
     * breaks and tabs in it. Clients may then be sent several messages in one frame, see {@link io.channelbox.message.JoinedText}.
     */
    default boolean writesJson() {
        return false;
    }

    /**
     * Writes an object. A {@link io.channelbox.message.Payload} of this format is its frame, unread.
     *
     * @throws IllegalArgumentException when this codec cannot write such an object; the text says what to do
     */
    Frame encode(Object payload);

    /**
     * Reads what a peer sent.
     *
     * @throws UnsupportedFrameException when this codec does not read frames of that kind at all
     * @throws PeerException when the frame cannot be read; code and text are told to the peer
     */
    M decode(Frame frame);

    /**
     * Opens what a peer sent: like {@link #decode}, in two steps, so that a message that cannot be read can still be
     * answered by its ref. A codec whose frames surround a message with nothing does both here.
     *
     * @throws UnsupportedFrameException when this codec does not read frames of that kind at all
     * @throws PeerException when the frame cannot be read
     */
    default Incoming<M> open(Frame frame) {
        return Incoming.bare(decode(frame));
    }

    /** Tells whether {@link #restore} makes of what is kept in a format what {@link #encode} would have made of the object. */
    default boolean restores(String kept) {
        return kept.equals(format())
                || kept.equals(FrameCodec.INSTANCE.format())
                || kept.equals(TextCodec.PLAIN.format());
    }

    /**
     * Writes what was kept in a history as {@link #encode} would have written the object when it was said.
     *
     * @throws IllegalArgumentException when it was kept in a format that this codec cannot make its own of
     */
    default Frame restore(Payload kept) {
        if (kept.format().equals(format()) || kept.format().equals(FrameCodec.INSTANCE.format())) {
            return kept.frame();
        }
        if (kept.frame() instanceof TextFrame text && kept.format().equals(TextCodec.PLAIN.format())) {
            return encode(text.text());
        }
        throw new IllegalArgumentException("What was kept as '" + kept.format() + "' cannot be told as '" + format()
                + "'. Keep it as it is told: ChannelBox.builder().historyCodec(topics.codec())");
    }

    /** Puts an envelope around what this codec has written. A codec whose frames have no place for one returns the frame as it is. */
    default Frame wrap(Frame written, Envelope envelope) {
        return written;
    }
}

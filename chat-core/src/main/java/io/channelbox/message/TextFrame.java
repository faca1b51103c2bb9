package io.channelbox.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text WebSocket message. It is held as UTF-8, as a {@link String}, or as both: the form that is missing is made once,
 * when first asked for, and then shared by all receivers.
 */
public final class TextFrame implements Frame {

    // Both forms are immutable, and at least one is there from the start. Two threads may make the other one twice,
    // and it comes out equal.
    private volatile byte @Nullable [] bytes;
    private volatile @Nullable String text;
    private final int size;

    // This frame itself when it has none, and null until somebody asks. Made twice, it comes out equal too.
    private volatile @Nullable TextFrame withoutSeparators;

    private TextFrame(byte @Nullable [] bytes, @Nullable String text, int size) {
        this.bytes = bytes;
        this.text = text;
        this.size = size;
    }

    static TextFrame of(String text) {
        Objects.requireNonNull(text, "text");
        int size = Utf8.length(text);
        if (size != Utf8.MALFORMED) {
            return new TextFrame(null, text, size);
        }
        String mended = Utf8.replaceLoneSurrogates(text);
        return new TextFrame(null, mended, Utf8.length(mended));
    }

    static TextFrame ofUtf8(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new TextFrame(bytes, null, bytes.length);
    }

    /** Returns the text. It never holds a lone surrogate. */
    public String text() {
        String made = text;
        if (made == null) {
            made = new String(utf8(), UTF_8);
            text = made;
        }
        return made;
    }

    /** Returns the UTF-8 form itself, which nobody may change. */
    byte[] utf8() {
        byte[] made = bytes;
        if (made == null) {
            made = Objects.requireNonNull(text).getBytes(UTF_8);
            bytes = made;
        }
        return made;
    }

    /** Returns this text with a space in the place of every {@link JoinedText#SEPARATOR}. Looks for them once. */
    TextFrame withoutSeparators() {
        TextFrame made = withoutSeparators;
        if (made == null) {
            made = hasSeparators() ? withSpaces() : this;
            withoutSeparators = made;
        }
        return made;
    }

    /** Of as many bytes, also where they are no UTF-8. */
    private TextFrame withSpaces() {
        byte[] copy = utf8().clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] == JoinedText.SEPARATOR) {
                copy[i] = ' ';
            }
        }
        return ofUtf8(copy);
    }

    private boolean hasSeparators() {
        for (byte each : utf8()) {
            if (each == JoinedText.SEPARATOR) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(utf8()).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextFrame that && size == that.size && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** Returns the size only: contents do not belong in logs. */
    @Override
    public String toString() {
        return "text frame of " + size + " bytes";
    }
}

package io.channelbox.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.channelbox.codec.Envelope.Mark;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Puts an envelope around JSON objects that are written already, without reading them. */
final class EnvelopeWriter {

    private static final int PROTOCOL_VERSION = 1;

    private final Map<Mark, byte[]> marks = new EnumMap<>(Mark.class);

    EnvelopeWriter(Naming naming) {
        for (Mark mark : Mark.values()) {
            String fields =
                    "\"" + mine(naming) + "\":" + mark.isMine() + ",\"" + current(naming) + "\":" + mark.isCurrent();
            marks.put(mark, fields.getBytes(UTF_8));
        }
    }

    static String mine(Naming naming) {
        return naming == Naming.SNAKE_CASE ? "is_mine" : "isMine";
    }

    static String current(Naming naming) {
        return naming == Naming.SNAKE_CASE ? "is_current" : "isCurrent";
    }

    /** Returns the frame with the envelope's fields in it; what is no JSON object comes back as it is. */
    Frame wrap(Frame written, Envelope envelope) {
        if (envelope.isEmpty() || !(written instanceof TextFrame)) {
            return written;
        }
        ByteBuffer json = trimmed(written.buffer());
        if (json.remaining() < 2 || json.get(json.position()) != '{' || json.get(json.limit() - 1) != '}') {
            return written;
        }
        json.position(json.position() + 1).limit(json.limit() - 1);
        return Frame.utf8(joined(before(envelope), trimmed(json), after(envelope)));
    }

    private static byte[] before(Envelope envelope) {
        var fields = new StringBuilder();
        envelope.topic().ifPresent(topic -> {
            fields.append(",\"version\":").append(PROTOCOL_VERSION);
            appendText(fields, FrameFields.TOPIC, topic);
        });
        envelope.ref().ifPresent(ref -> appendText(fields, FrameFields.REF, ref));
        envelope.seq().ifPresent(seq -> fields.append(",\"seq\":").append(seq));
        return fields.isEmpty() ? new byte[0] : fields.substring(1).getBytes(UTF_8);
    }

    private static void appendText(StringBuilder fields, String name, String text) {
        fields.append(",\"").append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(text, fields);
        fields.append('"');
    }

    private byte[] after(Envelope envelope) {
        Optional<Mark> mark = envelope.mark();
        return mark.isPresent() ? marks.getOrDefault(mark.get(), new byte[0]) : new byte[0];
    }

    /** Returns an object of these fields, with commas between those that are not empty. */
    private static byte[] joined(byte[] before, ByteBuffer fields, byte[] after) {
        int commas = (before.length > 0 && fields.hasRemaining() ? 1 : 0)
                + (after.length > 0 && before.length + fields.remaining() > 0 ? 1 : 0);
        var object = ByteBuffer.allocate(2 + before.length + fields.remaining() + after.length + commas);
        object.put((byte) '{').put(before);
        if (before.length > 0 && fields.hasRemaining()) {
            object.put((byte) ',');
        }
        object.put(fields);
        if (after.length > 0 && object.position() > 1) {
            object.put((byte) ',');
        }
        return object.put(after).put((byte) '}').array();
    }

    private static ByteBuffer trimmed(ByteBuffer json) {
        while (json.hasRemaining() && isBlank(json.get(json.position()))) {
            json.position(json.position() + 1);
        }
        while (json.hasRemaining() && isBlank(json.get(json.limit() - 1))) {
            json.limit(json.limit() - 1);
        }
        return json;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}

package io.channelbox.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.message.PeerException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the messages of a protocol: by what their discriminator says, and then asks the validator. */
final class MessageReaders {

    private static final int LONGEST_NAME = 40;

    private final String discriminator;
    private final Map<String, MessageReader> byName;
    private final MessageValidator validator;

    private MessageReaders(String discriminator, Map<String, MessageReader> byName, MessageValidator validator) {
        this.discriminator = discriminator;
        this.byName = byName;
        this.validator = Objects.requireNonNull(validator, "validator");
    }

    static MessageReaders of(MessageTypes types, JsonStyle style, ObjectMapper mapper) {
        Map<String, MessageReader> byName = new HashMap<>();
        types.byName().forEach((name, type) -> byName.put(name, new MessageReader(type, style, mapper)));
        return new MessageReaders(style.discriminator(), byName, message -> List.of());
    }

    MessageReaders validatedBy(MessageValidator other) {
        return new MessageReaders(discriminator, byName, other);
    }

    Object read(FrameFields fields) {
        MessageReader reader = readerOf(fields);
        Object message = reader.read(fields);
        reader.requireNone(validator.validate(message), message);
        return message;
    }

    private MessageReader readerOf(FrameFields fields) {
        if (!fields.discriminated()) {
            throw new PeerException(PeerException.MISSING_TYPE, "the field '" + discriminator + "' is missing");
        }
        String name = fields.type()
                .orElseThrow(() -> new PeerException(
                        PeerException.UNKNOWN_TYPE, "the field '" + discriminator + "' must be a text"));
        MessageReader reader = byName.get(name);
        if (reader == null) {
            throw new PeerException(
                    PeerException.UNKNOWN_TYPE, "nothing here reads messages of type '" + shortened(name) + "'");
        }
        return reader;
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return name.substring(0, end) + "...";
    }
}

package io.channelbox.codec;

import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;

/**
 * What was written as plain JSON, {@code {"type":"said","text":"hi"}}, as another style has it. Only the discriminator is
 * looked at: the fields are copied.
 */
final class KeptJson {

    private KeptJson() {}

    /** Returns the frame in the style; what is no message of a protocol is the same in all of them. */
    static Frame in(JsonStyle style, Frame kept) {
        if (isSame(style) || !(kept instanceof TextFrame text) || !text.text().startsWith("{")) {
            return kept;
        }
        String json = text.text();
        var scanner = new JsonScanner(json);
        if (!scanner.nextField() || !scanner.isNamed(JsonStyle.DEFAULT.discriminator()) || !scanner.isAtText()) {
            return kept;
        }
        int start = scanner.position();
        scanner.skipValue();
        String type = json.substring(start, scanner.position());
        String rest = json.substring(scanner.position(), json.length() - 1);
        return Frame.text("{" + JsonTexts.quoted(style.discriminator()) + ":" + type + message(style, rest) + "}");
    }

    private static boolean isSame(JsonStyle style) {
        return style.payloadField().isEmpty() && style.discriminator().equals(JsonStyle.DEFAULT.discriminator());
    }

    /** Returns the fields of the message, with the comma before them. One that has none is null where it has a field of its own. */
    private static String message(JsonStyle style, String fields) {
        return style.payloadField()
                .map(field -> "," + JsonTexts.quoted(field) + ":"
                        + (fields.isEmpty() ? "null" : "{" + fields.substring(1) + "}"))
                .orElse(fields);
    }
}

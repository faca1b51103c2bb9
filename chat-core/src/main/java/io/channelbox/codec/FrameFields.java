package io.channelbox.codec;

import io.channelbox.message.PeerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands at the top of an inbound frame, found without reading the message: the type, the envelope, and where the
 * message is.
 *
 * @param discriminated whether there is a discriminator at all
 * @param type what it says, if that is a text
 * @param ref the peer's word for this frame
 * @param topic the topic it belongs to
 * @param idempotencyKey the peer's own id of the message
 * @param message the JSON of the message; empty when there is no payload
 * @param strangers fields that belong to nothing, where the payload has a field of its own
 */
record FrameFields(
        boolean discriminated,
        Optional<String> type,
        Optional<String> ref,
        Optional<String> topic,
        Optional<String> idempotencyKey,
        Optional<String> message,
        List<String> strangers) {

    static final String VERSION = "version";
    static final String TOPIC = "topic";
    static final String REF = "ref";
    static final String SEQ = "seq";
    static final String IDEMPOTENCY_KEY = "idempotency_key";

    /** The names of an envelope's fields: they are no unknown ones. */
    static final List<String> ENVELOPE =
            List.of(VERSION, TOPIC, REF, SEQ, IDEMPOTENCY_KEY, "is_mine", "is_current", "isMine", "isCurrent");

    static final int LONGEST_REF = 64;
    static final int LONGEST_TOPIC = 200;
    static final int LONGEST_KEY = 128;

    /** Looks at the JSON of a frame. */
    static FrameFields in(String json, JsonStyle style) {
        return new Search(json, style).result();
    }

    private static final class Search {

        private final String json;
        private final JsonStyle style;
        private final JsonScanner scanner;
        private final List<String> strangers = new ArrayList<>(0);
        private boolean discriminated;
        private Optional<String> type = Optional.empty();
        private Optional<String> ref = Optional.empty();
        private Optional<String> topic = Optional.empty();
        private Optional<String> idempotencyKey = Optional.empty();
        private Optional<String> payload = Optional.empty();

        Search(String json, JsonStyle style) {
            this.json = json;
            this.style = style;
            this.scanner = new JsonScanner(json);
        }

        FrameFields result() {
            while (scanner.nextField()) {
                look();
            }
            Optional<String> message = style.payloadField().isPresent() ? payload : Optional.of(json);
            return new FrameFields(discriminated, type, ref, topic, idempotencyKey, message, strangers);
        }

        private void look() {
            if (scanner.isNamed(style.discriminator())) {
                requireOnce(!discriminated, style.discriminator());
                discriminated = true;
                type = textOrElse();
            } else if (scanner.isNamed(REF)) {
                requireOnce(ref.isEmpty(), REF);
                ref = envelopeText(REF, 1, LONGEST_REF);
            } else if (scanner.isNamed(TOPIC)) {
                requireOnce(topic.isEmpty(), TOPIC);
                topic = envelopeText(TOPIC, 0, LONGEST_TOPIC);
            } else if (scanner.isNamed(IDEMPOTENCY_KEY)) {
                requireOnce(idempotencyKey.isEmpty(), IDEMPOTENCY_KEY);
                idempotencyKey = envelopeText(IDEMPOTENCY_KEY, 1, LONGEST_KEY);
                requireWithoutControls(idempotencyKey, IDEMPOTENCY_KEY);
            } else if (style.payloadField().isPresent()) {
                lookAtRest(style.payloadField().get());
            } else {
                scanner.skipValue();
            }
        }

        private void lookAtRest(String payloadField) {
            if (scanner.isNamed(payloadField)) {
                requireOnce(payload.isEmpty(), payloadField);
                int start = scanner.position();
                scanner.skipValue();
                payload = Optional.of(json.substring(start, scanner.position()));
                return;
            }
            if (style.refusesUnknown() && !ENVELOPE.contains(scanner.name())) {
                strangers.add(scanner.name());
            }
            scanner.skipValue();
        }

        private Optional<String> textOrElse() {
            if (scanner.isAtText()) {
                return Optional.of(scanner.text());
            }
            scanner.skipValue();
            return Optional.empty();
        }

        private Optional<String> envelopeText(String name, int shortest, int longest) {
            boolean absent = scanner.isAtNull();
            Optional<String> text = textOrElse();
            if (absent || text.filter(t -> fits(t, shortest, longest)).isPresent()) {
                return text;
            }
            throw new PeerException(
                    PeerException.MALFORMED,
                    "'" + name + "' must be a text of " + shortest + " to " + longest + " characters");
        }

        /** Tells whether a text has that many characters, all of which can be sent back. */
        private static boolean fits(String text, int shortest, int longest) {
            return text.length() >= shortest
                    && text.length() <= longest
                    && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }

        /** A key is kept with its message, and not every store can keep a control character. */
        private static void requireWithoutControls(Optional<String> text, String name) {
            if (text.filter(t -> t.chars().anyMatch(Character::isISOControl)).isPresent()) {
                throw new PeerException(PeerException.MALFORMED, "'" + name + "' must not hold control characters");
            }
        }

        private static void requireOnce(boolean once, String name) {
            if (!once) {
                throw new PeerException(PeerException.MALFORMED, "the field '" + name + "' stands there twice");
            }
        }
    }
}

package io.channelbox.codec;

import java.util.Objects;
import java.util.Optional;

/**
 * How typed messages look as JSON. The same style holds for what an endpoint reads, what it sends, and what is broadcast to it.
 *
 * @param discriminator the name of the field that says the type
 * @param payloadField the field that holds the message; empty when its fields stand beside the discriminator
 * @param naming how fields are called
 * @param refusesUnknown whether a field that no record has is refused, instead of ignored
 */
public record JsonStyle(String discriminator, Optional<String> payloadField, Naming naming, boolean refusesUnknown) {

    /** {@code {"type":"chat","roomName":"lobby"}}, and unknown fields ignored. */
    public static final JsonStyle DEFAULT = new JsonStyle("type", Optional.empty(), Naming.CAMEL_CASE, false);

    /** Refuses missing and empty parts. */
    public JsonStyle {
        requireName(discriminator, "discriminator");
        Objects.requireNonNull(payloadField, "payloadField").ifPresent(field -> requireName(field, "payloadField"));
        Objects.requireNonNull(naming, "naming");
        if (payloadField.equals(Optional.of(discriminator))) {
            throw new IllegalArgumentException(
                    "discriminator and payloadField must differ, both were '" + discriminator + "'");
        }
    }

    /** Returns the same style, with this field for the type. */
    public JsonStyle discriminator(String field) {
        return new JsonStyle(field, payloadField, naming, refusesUnknown);
    }

    /** Returns the same style, with the message in a field of its own: {@code {"type":"chat","payload":{...}}}. */
    public JsonStyle payloadIn(String field) {
        return new JsonStyle(
                discriminator, Optional.of(Objects.requireNonNull(field, "payloadField")), naming, refusesUnknown);
    }

    /** Returns the same style, with fields called like this. */
    public JsonStyle naming(Naming style) {
        return new JsonStyle(discriminator, payloadField, style, refusesUnknown);
    }

    /** Returns the same style, for peers that must send no field that is not read. */
    public JsonStyle refusingUnknown() {
        return new JsonStyle(discriminator, payloadField, naming, true);
    }

    private static void requireName(String name, String what) {
        if (Objects.requireNonNull(name, what).isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank, was '" + name + "'");
        }
    }
}

package io.channelbox.examples.system.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Where something is in a request, in the names of its fields. */
final class Places {

    /** What conversations call otherwise than our clients. */
    private static final Map<String, String> NAMES = Map.of(
            "reply_to", "reply_to_id",
            "members", "participant_ids",
            "up_to", "message_id",
            "avatar", "avatar_url",
            "kind", "message_type",
            "slow_mode", "slow_mode_seconds",
            "user", "path.user_id",
            "message", "path.message_id");

    private Places() {}

    /** What is not said to be elsewhere is in the body. */
    static List<String> of(String path) {
        String named = NAMES.getOrDefault(path, path);
        boolean elsewhere = named.startsWith("query.") || named.startsWith("path.");
        return Arrays.stream((elsewhere ? named : "body." + named).split("\\."))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Returns the field of a body that has a wrong type. */
    static List<String> of(MismatchedInputException wrong) {
        Stream<String> fields = wrong.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(name -> name != null);
        return Stream.concat(Stream.of("body"), fields).toList();
    }
}

package io.channelbox.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a record says when it refuses its values, as problems for the peer. */
final class Refusal {

    private Refusal() {}

    /**
     * Returns the problems with the record at this path, read from this JSON.
     *
     * @throws RuntimeException what was thrown, when it is no refusal but a mistake of the application, or when it has a
     *     code of its own
     */
    static List<Problem> of(RuntimeException thrown, String path, Optional<RecordShape> shape, JsonNode json) {
        if (thrown instanceof PeerException refused) {
            return of(refused.within(path));
        }
        if (thrown instanceof NullPointerException missing && shape.isPresent()) {
            return of(missing, path, shape.get(), json);
        }
        if (thrown instanceof NumberFormatException) {
            return List.of(new Problem(path, Expected.UNSAID));
        }
        if (thrown.getClass() == IllegalArgumentException.class) {
            return List.of(new Problem(path, text(thrown)));
        }
        throw thrown;
    }

    private static List<Problem> of(PeerException refused) {
        if (refused.getClass() != PeerException.class || !refused.code().equals(PeerException.INVALID)) {
            throw refused;
        }
        return refused.problems();
    }

    /** A record asks for a component by name, as in {@code requireNonNull(text, "text")}, or fails on the one that is missing. */
    private static List<Problem> of(NullPointerException thrown, String path, RecordShape shape, JsonNode json) {
        List<RecordShape.Field> missing = shape.fields().stream()
                .filter(field -> !field.type().isReferenceType())
                .filter(field -> json.path(field.name()).isMissingNode()
                        || json.path(field.name()).isNull())
                .toList();
        Optional<RecordShape.Field> named = missing.stream()
                .filter(field -> field.component().equals(thrown.getMessage()))
                .findFirst();
        if (named.isPresent() || missing.size() == 1) {
            return List.of(new Problem(
                    ProblemFinder.join(
                            path, named.orElseGet(() -> missing.get(0)).name()),
                    Expected.MISSING));
        }
        if (!missing.isEmpty()) {
            return List.of(new Problem(path, "lacks a value"));
        }
        List<Problem> holes = shape.fields().stream()
                .flatMap(field -> holes(json.path(field.name()), ProblemFinder.join(path, field.name())))
                .toList();
        if (holes.isEmpty()) {
            throw thrown;
        }
        return holes;
    }

    /** Returns the nulls in an array or a map, which {@code List.copyOf} and its like refuse. */
    private static Stream<Problem> holes(JsonNode container, String path) {
        Stream<String> steps = container.isArray()
                ? IntStream.range(0, container.size())
                        .filter(i -> container.get(i).isNull())
                        .mapToObj(i -> "[" + i + "]")
                : container.properties().stream()
                        .filter(entry -> entry.getValue().isNull())
                        .map(Map.Entry::getKey);
        return steps.limit(1).map(step -> new Problem(ProblemFinder.join(path, step), Expected.MISSING));
    }

    /** The JDK names classes in this one text; all others are the record's own words. */
    private static String text(RuntimeException thrown) {
        String text = thrown.getMessage();
        return text == null || text.isBlank() || text.startsWith("No enum constant") ? Expected.UNSAID : text;
    }
}

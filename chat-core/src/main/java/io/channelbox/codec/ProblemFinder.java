package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with JSON that could not be read: everything that is, not only the first. It reads value by value
 * again, deeper only where reading fails, so it is slow, and asked only then.
 */
final class ProblemFinder {

    // Bounds what a peer can make us do, and what it is told.
    private static final int MOST_PROBLEMS = 16;
    private static final int DEEPEST = 16;

    private final ObjectMapper mapper;
    private final Optional<String> discriminator;
    private final List<Problem> problems = new ArrayList<>();

    private ProblemFinder(ObjectMapper mapper, Optional<String> discriminator) {
        this.mapper = mapper;
        this.discriminator = discriminator;
    }

    /**
     * Returns what to tell the peer whose JSON could not be read.
     *
     * @param failure how reading ended
     * @param path where in the frame the JSON stands
     * @throws RuntimeException what a record threw that is not the peer's mistake
     */
    static PeerException explain(
            JsonProcessingException failure,
            String json,
            JavaType type,
            String path,
            ObjectMapper mapper,
            Optional<String> discriminator) {
        if (failure instanceof InvalidDefinitionException) {
            throw new IllegalStateException(
                    "Jackson cannot read " + type.toCanonical()
                            + ": give it a type it knows, or a mapper that does, with JsonCodec.of(type, format, mapper)",
                    failure);
        }
        Optional<JsonNode> tree = tree(failure, json, mapper);
        if (tree.isEmpty()) {
            return new PeerException(PeerException.MALFORMED, "the frame is not valid JSON", failure);
        }
        var finder = new ProblemFinder(mapper, discriminator);
        finder.check(tree.get(), type, path, 0);
        return finder.answer(failure, path);
    }

    /** Returns the path of a field of what is at this path. */
    static String join(String path, String field) {
        return new Problem(field, "").within(path).path();
    }

    /** Returns the JSON as a tree; empty if reading ended because it is none. */
    private static Optional<JsonNode> tree(JsonProcessingException failure, String json, ObjectMapper mapper) {
        if (!isMisfit(failure) || (failure.getCause() instanceof JsonProcessingException cause && !isMisfit(cause))) {
            return Optional.empty();
        }
        try {
            return Optional.of(mapper.readTree(json)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Tells whether reading stopped at a value that does not fit, and not because this is no JSON. */
    private static boolean isMisfit(JsonProcessingException failure) {
        return failure instanceof JsonMappingException || failure instanceof InputCoercionException;
    }

    private PeerException answer(JsonProcessingException failure, String path) {
        if (problems.isEmpty()) {
            problems.add(new Problem(join(path, pathIn(failure)), Expected.UNSAID));
        }
        if (problems.get(0).path().isEmpty() && Expected.isSaid(problems.get(0).text())) {
            return new PeerException(
                    PeerException.MALFORMED, "the frame " + problems.get(0).text());
        }
        return PeerException.invalid(problems);
    }

    private static String pathIn(JsonProcessingException failure) {
        var path = new StringBuilder();
        if (failure instanceof JsonMappingException misfit) {
            for (JsonMappingException.Reference step : misfit.getPath()) {
                if (step.getFieldName() == null) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
                }
            }
        }
        return path.toString();
    }

    private void check(JsonNode node, JavaType type, String path, int depth) {
        if (problems.size() >= MOST_PROBLEMS) {
            return;
        }
        try {
            mapper.readerFor(type).readValue(node);
        } catch (JsonProcessingException failure) {
            int before = problems.size();
            if (depth < DEEPEST) {
                checkInside(node, type, path, depth + 1);
            }
            if (problems.size() == before) {
                add(failure, node, type, path);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("reading from memory", e);
        }
    }

    private void checkInside(JsonNode node, JavaType type, String path, int depth) {
        if (type.isReferenceType()) {
            check(node, type.getContentType(), path, depth);
        } else if (type.isMapLikeType() && node.isObject()) {
            node.properties()
                    .forEach(
                            entry -> check(entry.getValue(), type.getContentType(), join(path, entry.getKey()), depth));
        } else if (type.isContainerType() && node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), type.getContentType(), path + "[" + i + "]", depth);
            }
        } else if (MessageTypes.isUnion(type.getRawClass()) && discriminator.isPresent() && node.isObject()) {
            checkUnion(node, type, path, discriminator.get(), depth);
        } else if (node.isObject()) {
            RecordShape.of(type, mapper)
                    .filter(shape -> !shape.scalar())
                    .ifPresent(shape -> checkFields(node, shape, path, depth));
        }
    }

    private void checkUnion(JsonNode node, JavaType type, String path, String discriminator, int depth) {
        JsonNode name = node.path(discriminator);
        String place = join(path, discriminator);
        if (name.isMissingNode()) {
            problems.add(new Problem(place, Expected.MISSING));
        } else if (!name.isTextual()) {
            problems.add(new Problem(place, "must be a text"));
        } else {
            MessageTypes.of(type.getRawClass())
                    .classOf(name.textValue())
                    .ifPresentOrElse(
                            message -> check(node, mapper.constructType(message), path, depth),
                            () -> problems.add(new Problem(place, "names no type that is read here")));
        }
    }

    private void checkFields(JsonNode node, RecordShape shape, String path, int depth) {
        for (RecordShape.Field field : shape.fields()) {
            JsonNode value = node.path(field.name());
            if (value.isMissingNode() || value.isNull()) {
                if (field.isNeeded() && mapper.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)) {
                    problems.add(new Problem(join(path, field.name()), Expected.MISSING));
                }
            } else if (field.plain()) {
                check(value, field.type(), join(path, field.name()), depth);
            }
        }
        if (mapper.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
            checkNames(node, shape, path);
        }
    }

    private void checkNames(JsonNode node, RecordShape shape, String path) {
        Set<String> known = shape.names();
        boolean isMessage = MessageTypes.nameOf(shape.type().getRawClass()).isPresent();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = entry.getKey();
            boolean surrounds =
                    isMessage && (FrameFields.ENVELOPE.contains(name) || discriminator.equals(Optional.of(name)));
            if (!known.contains(name) && !surrounds && problems.size() < MOST_PROBLEMS) {
                problems.add(new Problem(join(path, name), Expected.UNKNOWN));
            }
        }
    }

    private void add(JsonProcessingException failure, JsonNode node, JavaType type, String path) {
        Optional<RuntimeException> thrown = thrownByApplication(failure);
        if (thrown.isPresent()) {
            problems.addAll(Refusal.of(thrown.get(), path, RecordShape.of(type, mapper), node));
            return;
        }
        String inside = pathIn(failure);
        problems.add(
                inside.isEmpty()
                        ? new Problem(path, Expected.of(type, node, mapper))
                        : new Problem(join(path, inside), Expected.UNSAID));
    }

    /** Returns what a constructor threw. Jackson wraps that, as it does with what its own readers throw, but in another class. */
    private static Optional<RuntimeException> thrownByApplication(JsonProcessingException failure) {
        boolean wraps = failure instanceof com.fasterxml.jackson.databind.exc.ValueInstantiationException
                || failure.getClass() == JsonMappingException.class;
        @Nullable Throwable cause = failure.getCause();
        return wraps && cause instanceof RuntimeException thrown ? Optional.of(thrown) : Optional.empty();
    }
}

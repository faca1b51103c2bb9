package io.channelbox.asyncapi;

import static io.channelbox.asyncapi.HtmlPage.code;
import static io.channelbox.asyncapi.HtmlPage.escaped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a schema allows, in a few words. */
final class HtmlType {

    private final UnaryOperator<String> link;

    /**
     * Makes one.
     *
     * @param link makes a link of the name of a schema
     */
    HtmlType(UnaryOperator<String> link) {
        this.link = link;
    }

    String of(Map<?, ?> schema) {
        if (schema.get("$ref") instanceof String pointer) {
            return link.apply(pointer.substring(pointer.lastIndexOf('/') + 1));
        }
        if (schema.get("const") instanceof String value) {
            return code(Texts.quoted(value));
        }
        if (schema.containsKey("enum")) {
            return Tree.children(schema, "enum").stream()
                    .map(value -> code(value instanceof String text ? Texts.quoted(text) : String.valueOf(value)))
                    .collect(Collectors.joining(" or "));
        }
        List<?> either = Stream.of("oneOf", "anyOf", "allOf")
                .flatMap(keyword -> Tree.children(schema, keyword).stream())
                .toList();
        if (!either.isEmpty()) {
            return either.stream().map(part -> of((Map<?, ?>) part)).collect(Collectors.joining(" or "));
        }
        return typed(schema) + details(schema);
    }

    private String typed(Map<?, ?> schema) {
        List<?> types = schema.get("type") instanceof List<?> several
                ? several
                : Tree.text(schema, "type").map(List::of).orElse(List.of());
        return types.isEmpty()
                ? "anything"
                : types.stream()
                        .map(type -> named(String.valueOf(type), schema))
                        .collect(Collectors.joining(" or "));
    }

    private String named(String type, Map<?, ?> schema) {
        return switch (type) {
            case "array" -> "array of " + of(Tree.child(schema, "items"));
            case "object" ->
                schema.get("additionalProperties") instanceof Map<?, ?> values
                        ? "object of " + of(values) + " by name"
                        : "object";
            default -> escaped(type);
        };
    }

    private static String details(Map<?, ?> schema) {
        List<String> details = new ArrayList<>();
        Tree.text(schema, "format").ifPresent(details::add);
        Tree.text(schema, "contentEncoding").ifPresent(details::add);
        if (schema.containsKey("minimum")) {
            details.add(Tree.text(schema, "minimum").orElse("") + " to "
                    + Tree.text(schema, "maximum").orElse(""));
        }
        Tree.text(schema, "maxLength")
                .ifPresent(most ->
                        details.add(Tree.text(schema, "minLength").orElse("0") + " to " + most + " characters"));
        Tree.children(schema, "examples").forEach(example -> details.add("like " + example));
        return details.isEmpty() ? "" : " <small>" + escaped(String.join(", ", details)) + "</small>";
    }
}

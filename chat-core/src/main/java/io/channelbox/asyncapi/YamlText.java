package io.channelbox.asyncapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a tree as YAML: in block style, and texts in quotes wherever a reader could take them for something else. */
final class YamlText {

    // Words and paths: nothing that begins or goes on like a number, a time or an indicator.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*( [A-Za-z0-9_./()-]+)*");
    private static final Set<String> RESERVED = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder yaml = new StringBuilder();

    private YamlText() {}

    static String of(Map<?, ?> tree) {
        var text = new YamlText();
        if (tree.isEmpty()) {
            return "{}\n";
        }
        text.fields(tree, 0);
        return text.yaml.toString();
    }

    private void fields(Map<?, ?> object, int depth) {
        boolean first = true;
        for (Map.Entry<?, ?> field : object.entrySet()) {
            indent(first ? 0 : depth);
            first = false;
            yaml.append(scalar(field.getKey())).append(':');
            value(field.getValue(), depth);
        }
    }

    /** Writes what stands behind a name. */
    private void value(Object node, int depth) {
        if (node instanceof Map<?, ?> object && !object.isEmpty()) {
            yaml.append('\n');
            indent(depth + 1);
            fields(object, depth + 1);
        } else if (node instanceof List<?> array && !array.isEmpty()) {
            yaml.append('\n');
            items(array, depth + 1, depth + 1);
        } else if (node instanceof String text && isBlock(text)) {
            yaml.append(" |-\n");
            text.lines().forEach(line -> block(line, depth + 1));
        } else {
            yaml.append(' ').append(scalar(node)).append('\n');
        }
    }

    private void items(List<?> array, int depth, int first) {
        boolean isFirst = true;
        for (Object item : array) {
            indent(isFirst ? first : depth);
            isFirst = false;
            yaml.append("- ");
            if (item instanceof Map<?, ?> object && !object.isEmpty()) {
                fields(object, depth + 1);
            } else if (item instanceof List<?> inner && !inner.isEmpty()) {
                items(inner, depth + 1, 0);
            } else {
                yaml.append(scalar(item)).append('\n');
            }
        }
    }

    private void block(String line, int depth) {
        if (!line.isEmpty()) {
            indent(depth);
        }
        yaml.append(line).append('\n');
    }

    private void indent(int depth) {
        yaml.append("  ".repeat(depth));
    }

    /** Tells whether a text can stand in lines of its own, and comes back as it was. */
    private static boolean isBlock(String text) {
        return text.indexOf('\n') > 0
                && !text.endsWith("\n")
                && !text.startsWith(" ")
                && text.codePoints().allMatch(c -> c == '\n' || Texts.isPrintable(c))
                && text.lines().allMatch(line -> line.isEmpty() || !line.isBlank());
    }

    private static String scalar(Object node) {
        if (node instanceof String text) {
            boolean plain = PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
            return plain ? text : Texts.quoted(text);
        }
        return node instanceof Map<?, ?> ? "{}" : node instanceof List<?> ? "[]" : String.valueOf(node);
    }
}

package io.channelbox.asyncapi;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes a tree as JSON that people can read. */
final class JsonText {

    private final StringBuilder json = new StringBuilder();

    private JsonText() {}

    static String of(Object tree) {
        var text = new JsonText();
        text.write(tree, 0);
        return text.json.append('\n').toString();
    }

    private void write(Object node, int depth) {
        if (node instanceof Map<?, ?> object) {
            json.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> fields = object.entrySet().iterator(); fields.hasNext(); ) {
                Map.Entry<?, ?> field = fields.next();
                line(depth + 1).append(Texts.quoted((String) field.getKey())).append(": ");
                write(field.getValue(), depth + 1);
                json.append(fields.hasNext() ? "," : "");
            }
            end(object.isEmpty(), depth).append('}');
        } else if (node instanceof List<?> array) {
            json.append('[');
            for (Iterator<?> items = array.iterator(); items.hasNext(); ) {
                line(depth + 1);
                write(items.next(), depth + 1);
                json.append(items.hasNext() ? "," : "");
            }
            end(array.isEmpty(), depth).append(']');
        } else {
            json.append(node instanceof String text ? Texts.quoted(text) : node);
        }
    }

    private StringBuilder end(boolean empty, int depth) {
        return empty ? json : line(depth);
    }

    private StringBuilder line(int depth) {
        return json.append('\n').append("  ".repeat(depth));
    }
}

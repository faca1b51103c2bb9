package io.channelbox.asyncapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page that says to people what a document says to programs. */
final class HtmlPage {

    private static final String STYLE = """
            :root { color-scheme: light; --line: #d8dee4; --dim: #59636e; --accent: #0b5cad; }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: #fff; color: #1f2328;
              font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
            h1 { margin: 0 0 .25rem; font-size: 1.8rem; line-height: 1.2; }
            h2 { margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 2px solid var(--line); font-size: 1.3rem; }
            h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
            h4 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
            p { margin: .5rem 0; }
            a { color: var(--accent); }
            code { font: .9em ui-monospace, monospace; background: #f3f5f7; border-radius: 3px; padding: .1em .3em; }
            nav ul { padding-left: 1.2rem; }
            .dim, small { color: var(--dim); }
            .description { white-space: pre-line; }
            .table { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; margin: .25rem 0 1rem; }
            th, td { border-bottom: 1px solid var(--line); padding: .3rem .75rem .3rem 0; text-align: left;
              vertical-align: top; }
            th { color: var(--dim); font-size: .85rem; font-weight: 600; }
            @media (max-width: 40rem) { body { font-size: 15px; } td, th { padding-right: .5rem; } }
            @media print { body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
              a { color: inherit; text-decoration: none; } .table { overflow: visible; }
              h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; } }
            """;

    private final Map<?, ?> document;
    private final StringBuilder html = new StringBuilder();

    private HtmlPage(Map<?, ?> document) {
        this.document = document;
    }

    /**
     * Returns the page of a document.
     *
     * @param description what the application says of itself
     */
    static String of(Map<?, ?> document, String description) {
        var page = new HtmlPage(document);
        page.write(description);
        return page.html.toString();
    }

    private void write(String description) {
        Map<?, ?> info = Tree.child(document, "info");
        String title = Tree.text(info, "title").orElse("");
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<header>\n");
        element("h1", escaped(title));
        paragraph("dim", "Version " + escaped(Tree.text(info, "version").orElse("")) + server());
        if (!description.isEmpty()) {
            paragraph("description", escaped(description));
        }
        html.append("</header>\n");
        contents();
        html.append("<main>\n");
        Tree.child(document, "channels").forEach((name, channel) -> channel((String) name, (Map<?, ?>) channel));
        records();
        codes(info);
        html.append("</main>\n</body>\n</html>\n");
    }

    private String server() {
        Map<?, ?> server = Tree.child(Tree.child(document, "servers"), "main");
        return server.isEmpty()
                ? ""
                : " · "
                        + code(Tree.text(server, "protocol").orElse("") + "://"
                                + Tree.text(server, "host").orElse("")
                                + Tree.text(server, "pathname").orElse(""));
    }

    private void contents() {
        html.append("<nav>\n<ul>\n");
        Tree.child(document, "channels")
                .forEach((name, channel) -> item(
                        "channel-" + name,
                        code(Tree.text((Map<?, ?>) channel, "address").orElse(""))));
        if (!schemas().isEmpty()) {
            item("records", "Records");
        }
        item("errors", "Error codes");
        item("closes", "Close codes");
        html.append("</ul>\n</nav>\n");
    }

    private void item(String id, String text) {
        html.append("<li>").append(link(id, text)).append("</li>\n");
    }

    private void channel(String name, Map<?, ?> channel) {
        html.append("<section id=\"").append(escaped("channel-" + name)).append("\">\n");
        element("h2", code(Tree.text(channel, "address").orElse("")));
        Tree.text(channel, "description").ifPresent(text -> paragraph("", escaped(text)));
        parameters(Tree.child(channel, "parameters"));
        messages("Clients send", "receive", name);
        messages("Clients are sent", "send", name);
        html.append("</section>\n");
    }

    private void parameters(Map<?, ?> parameters) {
        if (!parameters.isEmpty()) {
            element("h3", "Parameters");
            tableStart("Name", "Meaning");
            parameters.forEach((name, parameter) -> row(
                    code((String) name),
                    escaped(Tree.text((Map<?, ?>) parameter, "description").orElse(""))));
            tableEnd();
        }
    }

    private void messages(String heading, String action, String channel) {
        List<?> messages = Tree.child(document, "operations").values().stream()
                .map(operation -> (Map<?, ?>) operation)
                .filter(operation -> Tree.text(operation, "action").equals(Optional.of(action)))
                .filter(operation -> operation.get("channel") instanceof Map<?, ?> place
                        && place.equals(Tree.reference("channels", channel)))
                .flatMap(operation -> Tree.children(operation, "messages").stream())
                .toList();
        if (!messages.isEmpty()) {
            element("h3", heading);
            messages.forEach(message -> message(Tree.resolve(document, message)));
        }
    }

    private void message(Map<?, ?> message) {
        element("h4", code(Tree.text(message, "name").orElse("")));
        Tree.text(message, "summary").ifPresent(text -> paragraph("", escaped(text)));
        Map<?, ?> payload = Tree.child(message, "payload");
        Tree.text(payload, "description").ifPresent(text -> paragraph("", escaped(text)));
        schema(payload);
    }

    /** Writes a table of the fields of an object, or a line for anything else. */
    private void schema(Map<?, ?> schema) {
        if (Tree.child(schema, "properties").isEmpty()) {
            paragraph("", type(schema));
            return;
        }
        tableStart("Field", "Type", "", "");
        fields("", schema);
        tableEnd();
    }

    private void fields(String prefix, Map<?, ?> schema) {
        List<?> required = Tree.children(schema, "required");
        Tree.child(schema, "properties").forEach((key, value) -> {
            String name = prefix + key;
            Map<?, ?> field = (Map<?, ?>) value;
            row(
                    code(name),
                    type(field),
                    required.contains(key) ? "" : "<span class=\"dim\">optional</span>",
                    escaped(Tree.text(field, "description").orElse("")));
            fields(name + ".", field);
        });
    }

    private String type(Map<?, ?> schema) {
        return new HtmlType(link -> link("record-" + link, escaped(link))).of(schema);
    }

    private void records() {
        if (schemas().isEmpty()) {
            return;
        }
        html.append("<section id=\"records\">\n");
        element("h2", "Records");
        schemas().forEach((name, schema) -> {
            html.append("<h3 id=\"")
                    .append(escaped("record-" + name))
                    .append("\">")
                    .append(escaped((String) name))
                    .append("</h3>\n");
            Tree.text((Map<?, ?>) schema, "description").ifPresent(text -> paragraph("", escaped(text)));
            schema((Map<?, ?>) schema);
        });
        html.append("</section>\n");
    }

    private Map<?, ?> schemas() {
        return Tree.child(Tree.child(document, "components"), "schemas");
    }

    private void codes(Map<?, ?> info) {
        html.append("<section id=\"errors\">\n");
        element("h2", "Error codes");
        tableStart("Code", "Meaning");
        Tree.children(info, "x-error-codes").forEach(each -> {
            Map<?, ?> error = (Map<?, ?>) each;
            row(
                    code(Tree.text(error, "code").orElse("")),
                    escaped(Tree.text(error, "meaning").orElse("")));
        });
        tableEnd();
        html.append("</section>\n<section id=\"closes\">\n");
        element("h2", "Close codes");
        tableStart("Code", "Meaning", "Connect again?");
        Tree.children(info, "x-close-codes").forEach(each -> {
            Map<?, ?> close = (Map<?, ?>) each;
            row(
                    code(Tree.text(close, "code").orElse("")),
                    escaped(Tree.text(close, "meaning").orElse("")),
                    Boolean.TRUE.equals(close.get("connectAgain")) ? "yes" : "no");
        });
        tableEnd();
        html.append("</section>\n");
    }

    private void element(String tag, String content) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(content)
                .append("</")
                .append(tag)
                .append(">\n");
    }

    private void paragraph(String style, String content) {
        html.append(style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">")
                .append(content)
                .append("</p>\n");
    }

    private void tableStart(String... headings) {
        html.append("<div class=\"table\"><table>\n<thead><tr>");
        for (String heading : headings) {
            html.append("<th>").append(heading).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
    }

    private void row(String... cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append("<td>").append(cell).append("</td>");
        }
        html.append("</tr>\n");
    }

    private void tableEnd() {
        html.append("</tbody>\n</table></div>\n");
    }

    private static String link(String id, String content) {
        return "<a href=\"#" + escaped(id) + "\">" + content + "</a>";
    }

    static String code(String text) {
        return "<code>" + escaped(text) + "</code>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package io.channelbox.asyncapi;

import static java.util.Objects.requireNonNull;

import io.channelbox.asyncapi.Codes.CloseCode;
import io.channelbox.asyncapi.Codes.ErrorCode;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.EndpointDescription;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The protocol of an application as an AsyncAPI 3.0 document: its endpoints and their parameters, the messages both ways with
 * the schemas of their records, topics, error codes and close codes.
 *
 * <pre>{@code
 * AsyncApi.of("Chat", "1.0.0", endpoints.describe()).writeTo(Path.of("asyncapi.yaml"));
 * }</pre>
 *
 * <p>It says what is registered: what a consumer sends is what it names with {@link io.channelbox.consumer.Handlers#sends}, and
 * what the library sends for it. Immutable; the document is made anew each time it is asked for.
 */
public final class AsyncApi {

    private final String title;
    private final String version;
    private final Optional<String> description;
    private final Optional<URI> server;
    private final List<ErrorCode> errorCodes;
    private final List<CloseCode> closeCodes;
    private final List<EndpointDescription> endpoints;

    private AsyncApi(
            String title,
            String version,
            Optional<String> description,
            Optional<URI> server,
            List<ErrorCode> errorCodes,
            List<CloseCode> closeCodes,
            List<EndpointDescription> endpoints) {
        this.title = requireNonNull(title, "title");
        this.version = requireNonNull(version, "version");
        this.description = description;
        this.server = server;
        this.errorCodes = List.copyOf(errorCodes);
        this.closeCodes = List.copyOf(closeCodes);
        this.endpoints = List.copyOf(endpoints);
    }

    /**
     * Returns the protocol of these endpoints.
     *
     * @param version that of the application's protocol
     */
    public static AsyncApi of(String title, String version, List<EndpointDescription> endpoints) {
        return new AsyncApi(title, version, Optional.empty(), Optional.empty(), List.of(), List.of(), endpoints);
    }

    /** Returns the same protocol with a description, in which CommonMark is allowed. */
    public AsyncApi describedAs(String text) {
        return new AsyncApi(
                title, version, Optional.of(requireNonNull(text, "text")), server, errorCodes, closeCodes, endpoints);
    }

    /**
     * Returns the same protocol, spoken by the server at this address, {@code wss://chat.example/app}.
     *
     * @throws IllegalArgumentException when the address is not one of {@code ws} or {@code wss} with a host
     */
    public AsyncApi servedAt(URI address) {
        boolean isWebSocket = "ws".equals(address.getScheme()) || "wss".equals(address.getScheme());
        if (!isWebSocket || address.getRawAuthority() == null) {
            throw new IllegalArgumentException("a server has an address such as wss://chat.example, was " + address);
        }
        return new AsyncApi(title, version, description, Optional.of(address), errorCodes, closeCodes, endpoints);
    }

    /** Returns the same protocol, in which an error may have this code of the application's own. */
    public AsyncApi withErrorCode(String code, String meaning) {
        List<ErrorCode> all = new ArrayList<>(errorCodes);
        all.add(new ErrorCode(requireNonNull(code, "code"), requireNonNull(meaning, "meaning")));
        return new AsyncApi(title, version, description, server, all, closeCodes, endpoints);
    }

    /** Returns the same protocol, in which a connection may be closed with this status of the application's own. */
    public AsyncApi withCloseCode(CloseStatus status, String meaning) {
        List<CloseCode> all = new ArrayList<>(closeCodes);
        all.add(new CloseCode(status.code(), requireNonNull(meaning, "meaning"), status.invitesBack()));
        return new AsyncApi(title, version, description, server, errorCodes, all, endpoints);
    }

    /** Returns the document as JSON. */
    public String toJson() {
        return JsonText.of(document());
    }

    /** Returns the document as YAML. */
    public String toYaml() {
        return YamlText.of(document());
    }

    /** Returns a page that says the same to people. It needs nothing but itself: no scripts, no other files. */
    public String toHtml() {
        return HtmlPage.of(document(), description.orElse(""));
    }

    /**
     * Writes the document to a file: as JSON, YAML or a page, as its name ends with {@code .json}, {@code .yaml} or
     * {@code .yml}, or {@code .html}.
     *
     * @throws IllegalArgumentException when it ends otherwise
     */
    public void writeTo(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        Files.writeString(
                file,
                switch (ending) {
                    case "json" -> toJson();
                    case "yaml", "yml" -> toYaml();
                    case "html" -> toHtml();
                    default ->
                        throw new IllegalArgumentException(
                                "the name of the file must end with .json, .yaml, .yml or .html, was " + file);
                });
    }

    private Map<String, Object> document() {
        var channels = new Channels();
        endpoints.forEach(channels::add);
        List<ErrorCode> errors = new ArrayList<>(Codes.ERRORS);
        if (endpoints.stream()
                .anyMatch(endpoint -> !endpoint.consumer().topics().isEmpty())) {
            errors.addAll(Codes.TOPIC_ERRORS);
        }
        errors.addAll(errorCodes);
        List<CloseCode> closes = new ArrayList<>(Codes.CLOSES);
        closes.addAll(closeCodes);
        return Tree.object(
                "asyncapi", "3.0.0",
                "info", info(errors, closes),
                "servers", server.map(address -> Tree.object("main", server(address))),
                "defaultContentType", "application/json",
                "channels", channels.channels(),
                "operations", channels.operations(),
                "components", channels.components());
    }

    private Map<String, Object> info(List<ErrorCode> errors, List<CloseCode> closes) {
        return Tree.object(
                "title",
                title,
                "version",
                version,
                "description",
                description.map(text -> text + "\n\n").orElse("") + codes(errors, closes),
                "x-error-codes",
                errors.stream()
                        .map(error -> Tree.object("code", error.code(), "meaning", error.meaning()))
                        .toList(),
                "x-close-codes",
                closes.stream()
                        .map(close -> Tree.object(
                                "code", close.code(),
                                "meaning", close.meaning(),
                                "connectAgain", close.connectAgain()))
                        .toList());
    }

    /** Returns the codes as tables: the tools of others show a description, and no extensions. */
    private static String codes(List<ErrorCode> errors, List<CloseCode> closes) {
        var tables = new StringBuilder("## Error codes\n\n| Code | Meaning |\n|---|---|\n");
        errors.forEach(error -> row(tables, "`" + error.code() + "`", error.meaning()));
        tables.append("\n## Close codes\n\n| Code | Meaning | Connect again? |\n|---|---|---|\n");
        closes.forEach(close ->
                row(tables, String.valueOf(close.code()), close.meaning(), close.connectAgain() ? "yes" : "no"));
        return tables.toString().stripTrailing();
    }

    private static void row(StringBuilder table, String... cells) {
        for (String cell : cells) {
            table.append("| ")
                    .append(cell.replace("|", "\\|").replaceAll("\\R", " "))
                    .append(' ');
        }
        table.append("|\n");
    }

    private static Map<String, Object> server(URI address) {
        return Tree.object(
                "host", address.getRawAuthority(),
                "pathname", Optional.ofNullable(address.getRawPath()).filter(path -> !path.isEmpty()),
                "protocol", address.getScheme());
    }
}

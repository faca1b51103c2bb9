package io.channelbox.examples.typed;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Somebody with a browser of their own, who sees redirects and is not sent on. */
final class Browser {

    private final int port;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    Browser(int port) {
        this.port = port;
    }

    /** Returns somebody who has logged in. */
    static Browser loggedIn(int port, String username) throws Exception {
        var browser = new Browser(port);
        browser.post("/login", "username", username);
        return browser;
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at("http", path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String field, String value) throws Exception {
        return postFrom("http://localhost:" + port, path, field, value);
    }

    /** Sends a form that stands on a page of this origin. */
    HttpResponse<String> postFrom(String origin, String path, String field, String value) throws Exception {
        String form = field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(at("http", path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Opens a socket with the cookies of this browser. */
    Peer connect(String path) throws Exception {
        return Peer.connect(at("ws", path), cookie());
    }

    String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::toString)
                .collect(Collectors.joining("; "));
    }

    private URI at(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + port + path);
    }
}

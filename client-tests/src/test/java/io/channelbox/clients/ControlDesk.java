package io.channelbox.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lets tests in another process start servers, and break them: {@code GET /cut/0}. */
final class ControlDesk implements AutoCloseable {

    private record Scene(ChatServer server, FaultyNetwork network) {}

    private final List<Scene> scenes = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final HttpServer http;

    ControlDesk() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(workers);
        http.createContext("/", this::answer);
        http.start();
    }

    String address() {
        return "http://localhost:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        String text;
        try {
            text = obey(exchange.getRequestURI().getPath().substring(1).split("/"));
        } catch (Exception | Error e) { // the test says what went wrong
            status = 500;
            text = e.toString();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String obey(String... words) throws Exception {
        if (words[0].equals("open")) {
            ChatServer server = ChatServer.start(words[1].equals("durable"));
            scenes.add(new Scene(server, FaultyNetwork.before(server.port())));
            int number = scenes.size() - 1;
            return "{\"number\":" + number + ",\"port\":"
                    + scenes.get(number).network().port() + "}";
        }
        Scene scene = scenes.get(Integer.parseInt(words[1]));
        switch (words[0]) {
            case "cut" -> scene.network().cut();
            case "freeze" -> scene.network().freeze();
            case "thaw" -> scene.network().thaw();
            case "stop" -> scene.server().stop();
            case "drain" -> scene.server().drain();
            case "start" -> scene.server().start();
            case "expire" -> scene.server().expire(words[2]);
            case "say" -> scene.server().say(words[2], words[3]);
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "{}";
    }

    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
        for (Scene scene : scenes) {
            scene.network().close();
            scene.server().close();
        }
    }
}

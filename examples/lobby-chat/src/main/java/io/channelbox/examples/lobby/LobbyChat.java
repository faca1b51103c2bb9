package io.channelbox.examples.lobby;

import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.accesslog.AccessLogHandler;
import io.undertow.server.handlers.resource.ClassPathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chat with one room, on embedded Undertow: {@code java -jar lobby-chat.jar --port 8001}. */
public final class LobbyChat implements AutoCloseable {

    private static final Logger accessLog = LoggerFactory.getLogger("access");
    private static final Logger websocketLog = LoggerFactory.getLogger("websocket");
    private static final ClassLoader loader = LobbyChat.class.getClassLoader();

    private final Names names = new Names();
    private final ChannelBox box = ChannelBox.builder()
            .intercept(names)
            .listen(event -> websocketLog.info("{}", event)) // ids and counts; what people write is in no event
            .build();
    private final ChatEndpoints endpoints = ChatEndpoints.of(box)
            .authenticate(names)
            .mount("/ws/{username}", ConsumerOptions.DEFAULT.withLargestMessage(4_096), LobbyConsumer::new);
    private final Undertow server;

    /** Opens the lobby; port 0 is any that is free. */
    public LobbyChat(int port) throws ServletException {
        HttpHandler pages = Handlers.path(application()) // a page cannot see why its handshake was refused, so it asks
                .addPrefixPath(
                        "/names",
                        asked -> asked.setStatusCode(
                                names.status(asked.getRelativePath().replace("/", ""))));
        HttpHandler safe = Handlers.header(pages, "Content-Security-Policy", "default-src 'self'");
        HttpHandler logged = new AccessLogHandler(safe, accessLog::info, "common", loader);
        server = Undertow.builder()
                .addHttpListener(port, "0.0.0.0")
                .setHandler(logged)
                .build();
        server.start();
    }

    private HttpHandler application() throws ServletException {
        var webSockets = new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(true, 1024));
        var application = Servlets.deployment()
                .setDeploymentName("lobby")
                .setContextPath("/")
                .setClassLoader(loader)
                .setResourceManager(new ClassPathResourceManager(loader, "page"))
                .addWelcomePage("index.html")
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, webSockets)
                .addServletExtension((info, context) -> endpoints.deployTo(context));
        var deployment = Servlets.defaultContainer().addDeployment(application);
        deployment.deploy();
        return deployment.start();
    }

    /** Returns the port the lobby is open at. */
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** Closes the lobby: visitors are told to come back later, then the server stops. */
    @Override
    public void close() {
        box.close(Duration.ofSeconds(3));
        server.stop();
    }

    /** Starts the program. */
    public static void main(String[] args) {
        int port = 8001;
        try {
            if (args.length > 0) {
                port = portIn(args);
            }
            var chat = new LobbyChat(port);
            Runtime.getRuntime().addShutdownHook(new Thread(chat::close));
            System.out.println("The lobby is open at http://localhost:" + chat.port() + "/");
        } catch (ServletException | RuntimeException e) {
            boolean taken = e.getCause() instanceof BindException;
            String next = "port " + port + " is taken, try --port " + (port < 65_535 ? port + 1 : 8001);
            System.err.println("The lobby cannot be opened: " + (taken ? next : e.getMessage()));
            System.exit(2);
        }
    }

    private static int portIn(String[] args) {
        if (!args[0].equals("--port") || args.length > 2) {
            throw new IllegalArgumentException("the only option is --port N");
        }
        if (args.length == 1 || !args[1].matches("[0-9]{1,5}") || Integer.parseInt(args[1]) > 65_535) {
            throw new IllegalArgumentException("--port needs a number from 0 to 65535");
        }
        return Integer.parseInt(args[1]);
    }
}

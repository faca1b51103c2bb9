package io.channelbox.examples.typed;

import java.io.IOException;
import java.net.BindException;
import java.sql.SQLException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** The program: {@link ChatServer} on an embedded Jetty. {@code java -jar typed-chat.jar --port 8002 --demo} */
public final class TypedChat implements AutoCloseable {

    private final ChatServer chat;
    private final Server jetty = new Server();
    private final ServerConnector connector;

    /** Starts the chat. Throws what Jetty throws when the port cannot be had. */
    TypedChat(Settings settings) throws Exception {
        chat = new ChatServer(settings);
        connector = new ServerConnector(jetty, new HttpConnectionFactory(reticent()));
        connector.setPort(settings.port());
        jetty.addConnector(connector);
        jetty.setHandler(application());
        try {
            jetty.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private static HttpConfiguration reticent() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        return http;
    }

    private ServletContextHandler application() {
        var application = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        application.getSessionHandler().getSessionCookieConfig().setName("sessionid");
        application.getSessionHandler().setHttpOnly(true);
        application.getSessionHandler().setSameSite(HttpCookie.SameSite.LAX);
        JakartaWebSocketServletContainerInitializer.configure(
                application, (context, sockets) -> chat.deployTo(context));
        return application;
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Lets everyone go, then stops the server. */
    @Override
    public void close() {
        chat.close();
        LifeCycle.stop(jetty);
    }

    /** Starts the program. */
    public static void main(String[] args) {
        try {
            start(Settings.of(args));
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void start(Settings settings) {
        try {
            var program = new TypedChat(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(program::close));
            System.out.println("Typed chat is open at http://localhost:" + program.port() + "/"
                    + (settings.demo() ? " (a demo: ?user=NAME is believed on the sockets)" : ""));
        } catch (Exception e) {
            fail("Typed chat cannot be started: " + reason(rootOf(e), settings));
        }
    }

    private static String reason(Throwable root, Settings settings) {
        if (root instanceof BindException) {
            return noPort(settings.port());
        }
        if (root instanceof IOException || root instanceof SQLException) {
            return "it cannot keep its data in '" + settings.data() + "' ("
                    + root.getClass().getSimpleName() + "). Give" + " it another folder with --data.";
        }
        return root.toString();
    }

    private static String noPort(int port) {
        return port < 1_024
                ? "port " + port + " is taken or needs privileges, try --port 8002."
                : "port " + port + " is taken, try --port " + (port < 65_535 ? port + 1 : 8_002) + ".";
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static void fail(String text) {
        System.err.println(text);
        System.exit(2);
    }
}

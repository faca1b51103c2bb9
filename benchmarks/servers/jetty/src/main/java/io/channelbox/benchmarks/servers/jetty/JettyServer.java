package io.channelbox.benchmarks.servers.jetty;

import io.channelbox.benchmarks.servers.ServerProcess;
import io.channelbox.benchmarks.servers.jakarta.Application;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty, with the application that the second argument names. */
public final class JettyServer {

    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 2;
    private static final int BACKLOG = 2000;

    private JettyServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, port -> start(port, Application.named(arguments)));
    }

    private static int start(int port, Application application) throws Exception {
        var jetty = new Server();
        var connector = new ServerConnector(jetty, ACCEPTORS, SELECTORS);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(0);
        jetty.addConnector(connector);
        var context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        JakartaWebSocketServletContainerInitializer.configure(
                context, (started, container) -> application.deployTo(started));
        jetty.setHandler(context);
        jetty.start();
        return connector.getLocalPort();
    }
}

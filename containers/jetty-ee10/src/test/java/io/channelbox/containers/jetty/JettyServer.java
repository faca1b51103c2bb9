package io.channelbox.containers.jetty;

import io.channelbox.containers.TestServer;
import jakarta.servlet.ServletContext;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An embedded Jetty. */
final class JettyServer implements TestServer {

    private final Server jetty;

    private JettyServer(Server jetty) {
        this.jetty = jetty;
    }

    static TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        var jetty = new Server(0);
        var context =
                new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath, ServletContextHandler.SESSIONS);
        JakartaWebSocketServletContainerInitializer.configure(
                context, (application, container) -> starting.accept(application));
        jetty.setHandler(context);
        jetty.start();
        return new JettyServer(jetty);
    }

    @Override
    public int port() {
        return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        jetty.stop();
    }
}

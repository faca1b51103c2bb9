package io.channelbox.soak;

import jakarta.servlet.ServletContext;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An embedded Jetty. */
final class JettyServer {

    private JettyServer() {}

    static int start(Consumer<ServletContext> starting) throws Exception {
        var jetty = new Server(new QueuedThreadPool(Container.THREADS, Container.THREADS));
        var connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        connector.setAcceptedSendBufferSize(Container.SEND_BUFFER);
        jetty.addConnector(connector);
        var context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        JakartaWebSocketServletContainerInitializer.configure(
                context, (application, container) -> starting.accept(application));
        jetty.setHandler(context);
        jetty.start();
        return connector.getLocalPort();
    }
}

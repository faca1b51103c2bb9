package io.channelbox.benchmarks.servers.atmosphere;

import io.channelbox.benchmarks.servers.ServerProcess;
import org.atmosphere.cpr.ApplicationConfig;
import org.atmosphere.cpr.AtmosphereServlet;
import org.atmosphere.interceptor.HeartbeatInterceptor;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A room server as one writes it with Atmosphere's managed services, on Jetty. */
public final class AtmosphereServer {

    private static final int BACKLOG = 2000;

    private AtmosphereServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, AtmosphereServer::start);
    }

    private static int start(int port) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        var web = new ServletContextHandler();
        JakartaWebSocketServletContainerInitializer.configure(
                web, (context, container) -> container.setDefaultMaxSessionIdleTimeout(0));
        web.addServlet(atmosphere(), "/chat/*");
        server.setHandler(web);
        server.start();
        return connector.getLocalPort();
    }

    private static ServletHolder atmosphere() {
        var atmosphere = new ServletHolder(new AtmosphereServlet());
        atmosphere.setInitParameter(ApplicationConfig.ANNOTATION_PACKAGE, Chat.class.getPackageName());
        atmosphere.setInitParameter(ApplicationConfig.WEBSOCKET_SUPPORT, "true");
        atmosphere.setInitParameter(
                ApplicationConfig.DISABLE_ATMOSPHEREINTERCEPTORS, HeartbeatInterceptor.class.getName());
        atmosphere.setAsyncSupported(true);
        atmosphere.setInitOrder(1);
        return atmosphere;
    }
}

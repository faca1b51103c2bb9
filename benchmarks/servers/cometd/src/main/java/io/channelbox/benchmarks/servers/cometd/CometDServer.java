package io.channelbox.benchmarks.servers.cometd;

import io.channelbox.benchmarks.servers.ServerProcess;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.websocket.common.AbstractWebSocketTransport;
import org.cometd.server.websocket.jetty.JettyWebSocketTransport;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** A room server as CometD is one: each room is a channel that everybody may subscribe and publish to. */
public final class CometDServer {

    private static final int BACKLOG = 2000;

    private CometDServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, CometDServer::start);
    }

    private static int start(int port) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        var context = new ContextHandler();
        context.setHandler(WebSocketUpgradeHandler.from(server, context));
        server.setHandler(context);
        context.addBean(bayeux(context));
        server.start();
        return connector.getLocalPort();
    }

    private static BayeuxServerImpl bayeux(ContextHandler context) {
        var bayeux = new BayeuxServerImpl();
        bayeux.setOption(Context.class.getName(), context.getContext());
        bayeux.setOption(AbstractWebSocketTransport.COMETD_URL_MAPPING_OPTION, "/cometd");
        bayeux.setOption(AbstractWebSocketTransport.IDLE_TIMEOUT_OPTION, 0);
        bayeux.addTransport(new JettyWebSocketTransport(bayeux));
        return bayeux;
    }
}

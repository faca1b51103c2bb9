package io.channelbox.benchmarks.servers.jakarta;

import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;

/** What is deployed to a container. */
public enum Application {
    /** An endpoint as one writes it by hand. */
    ENDPOINT {
        @Override
        void deploy(ServletContext context, ServerContainer container) throws DeploymentException {
            container.addEndpoint(RoomEndpoint.class);
        }
    },

    /** This library, with texts as they come at {@code /chat}, and as JSON strings at {@code /json}. */
    CHANNELBOX {
        @Override
        void deploy(ServletContext context, ServerContainer container) {
            ChatEndpoints.of(ChannelBox.builder().build())
                    .mount("/chat", ConsumerOptions.DEFAULT.neverBlocking(), RelayConsumer::ofTexts)
                    .mount("/json", ConsumerOptions.DEFAULT.neverBlocking(), RelayConsumer::ofJson)
                    .deployTo(context);
        }
    };

    private static final String SERVER_CONTAINER = ServerContainer.class.getName();

    /** The one that the second argument of a server names. */
    public static Application named(String[] arguments) {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("the second argument must be endpoint or channelbox");
        }
        return switch (arguments[1]) {
            case "endpoint" -> ENDPOINT;
            case "channelbox" -> CHANNELBOX;
            default -> throw new IllegalArgumentException("there is no application " + arguments[1]);
        };
    }

    /** Deploys it while the servlet context starts. Idle connections stay. */
    public void deployTo(ServletContext context) {
        var container = (ServerContainer) context.getAttribute(SERVER_CONTAINER);
        container.setDefaultMaxSessionIdleTimeout(0);
        try {
            deploy(context, container);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    abstract void deploy(ServletContext context, ServerContainer container) throws DeploymentException;
}

package io.channelbox.benchmarks.servers.springstomp;

import io.channelbox.benchmarks.servers.ServerProcess;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** A room server as one writes it with Spring's STOMP simple broker, on Tomcat. */
public final class SpringStompServer {

    private static final int BACKLOG = 2000;

    private SpringStompServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, SpringStompServer::start);
    }

    private static int start(int port) throws LifecycleException {
        var tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("acceptCount", Integer.toString(BACKLOG));
        tomcat.getConnector().setProperty("maxConnections", "-1");
        var web = tomcat.addContext("", System.getProperty("java.io.tmpdir"));
        web.addServletContainerInitializer(new WsSci(), null);
        var spring = new AnnotationConfigWebApplicationContext();
        spring.register(Endpoints.class);
        var dispatcher = Tomcat.addServlet(web, "spring", new DispatcherServlet(spring));
        dispatcher.addMapping("/");
        dispatcher.setLoadOnStartup(1);
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSocketMessageBroker
    @Import(RoomController.class)
    static class Endpoints implements WebSocketMessageBrokerConfigurer {

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.setPreserveReceiveOrder(true).addEndpoint("/chat");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
            registry.setApplicationDestinationPrefixes("/app").setPreservePublishOrder(true);
        }
    }
}

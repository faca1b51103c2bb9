package io.channelbox.containers.undertow;

import io.channelbox.containers.TestServer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** An embedded Undertow. */
final class UndertowServer implements TestServer {

    private final Undertow undertow;
    private final DeploymentManager application;

    private UndertowServer(Undertow undertow, DeploymentManager application) {
        this.undertow = undertow;
        this.application = application;
    }

    static TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        ServletContextListener listener = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                starting.accept(event.getServletContext());
            }
        };
        DeploymentInfo deployment = Servlets.deployment()
                .setDeploymentName("chat")
                .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
                .setClassLoader(UndertowServer.class.getClassLoader())
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
                .addListener(new ListenerInfo(listener.getClass(), new ImmediateInstanceFactory<>(listener)));
        DeploymentManager application = Servlets.newContainer().addDeployment(deployment);
        application.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setHandler(Handlers.path().addPrefixPath(deployment.getContextPath(), application.start()))
                .build();
        undertow.start();
        return new UndertowServer(undertow, application);
    }

    @Override
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        application.stop();
        application.undeploy();
        undertow.stop();
    }
}

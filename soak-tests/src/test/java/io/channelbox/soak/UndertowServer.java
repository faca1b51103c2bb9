package io.channelbox.soak;

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
import org.xnio.Options;

/** An embedded Undertow. */
final class UndertowServer {

    private UndertowServer() {}

    static int start(Consumer<ServletContext> starting) throws Exception {
        ServletContextListener listener = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                starting.accept(event.getServletContext());
            }
        };
        DeploymentInfo deployment = Servlets.deployment()
                .setDeploymentName("chat")
                .setContextPath("/")
                .setClassLoader(UndertowServer.class.getClassLoader())
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
                .addListener(new ListenerInfo(listener.getClass(), new ImmediateInstanceFactory<>(listener)));
        DeploymentManager application = Servlets.newContainer().addDeployment(deployment);
        application.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(Container.THREADS)
                .setSocketOption(Options.SEND_BUFFER, Container.SEND_BUFFER)
                .setHandler(Handlers.path().addPrefixPath("/", application.start()))
                .build();
        undertow.start();
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }
}

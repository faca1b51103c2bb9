package io.channelbox.benchmarks.servers.undertow;

import io.channelbox.benchmarks.servers.ServerProcess;
import io.channelbox.benchmarks.servers.jakarta.Application;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import org.xnio.Options;

/** Undertow, with the application that the second argument names. */
public final class UndertowServer {

    private static final int IO_THREADS = 2;
    private static final int BACKLOG = 2000;

    private UndertowServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, port -> start(port, Application.named(arguments)));
    }

    private static int start(int port, Application application) throws ServletException {
        ServletContextListener listener = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                application.deployTo(event.getServletContext());
            }
        };
        DeploymentInfo deployment = Servlets.deployment()
                .setDeploymentName("chat")
                .setContextPath("/")
                .setClassLoader(UndertowServer.class.getClassLoader())
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
                .addListener(new ListenerInfo(listener.getClass(), new ImmediateInstanceFactory<>(listener)));
        DeploymentManager deployed = Servlets.newContainer().addDeployment(deployment);
        deployed.deploy();
        Undertow undertow = Undertow.builder()
                .setIoThreads(IO_THREADS)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setSocketOption(Options.TCP_NODELAY, true)
                .addHttpListener(port, "127.0.0.1")
                .setHandler(deployed.start())
                .build();
        undertow.start();
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }
}

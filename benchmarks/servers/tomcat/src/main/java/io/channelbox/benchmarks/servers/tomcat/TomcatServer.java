package io.channelbox.benchmarks.servers.tomcat;

import io.channelbox.benchmarks.servers.ServerProcess;
import io.channelbox.benchmarks.servers.jakarta.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat, with the application that the second argument names. */
public final class TomcatServer {

    private TomcatServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, port -> start(port, Application.named(arguments)));
    }

    private static int start(int port, Application application) throws IOException, LifecycleException {
        Path base = Files.createTempDirectory("tomcat");
        base.toFile().deleteOnExit();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(connector(port));
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, started) -> application.deployTo(started), null);
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    private static Connector connector(int port) {
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", "2000");
        connector.setProperty("maxConnections", "-1");
        return connector;
    }
}

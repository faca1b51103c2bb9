package io.channelbox.soak;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** An embedded Tomcat. */
final class TomcatServer {

    private static final Logger LOGGER_OF_TOMCAT = Logger.getLogger("org.apache");

    private TomcatServer() {}

    static int start(Consumer<ServletContext> starting) throws Exception {
        LOGGER_OF_TOMCAT.setLevel(Level.SEVERE);
        Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tomcat")
                .toAbsolutePath();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        Connector connector = tomcat.getConnector();
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("minSpareThreads", Integer.toString(Container.THREADS));
        connector.setProperty("maxThreads", Integer.toString(Container.THREADS));
        connector.setProperty("socket.txBufSize", Integer.toString(Container.SEND_BUFFER));
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "default", new DefaultServlet())
                .addMapping("/"); // without one, Tomcat asks no filter
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, application) -> starting.accept(application), null);
        tomcat.start();
        return connector.getLocalPort();
    }
}

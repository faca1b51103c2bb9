package io.channelbox.containers.tomcat;

import io.channelbox.containers.TestServer;
import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** An embedded Tomcat. */
final class TomcatServer implements TestServer {

    private static final Logger LOGGER_OF_TOMCAT = Logger.getLogger("org.apache");

    private final Tomcat tomcat;

    private TomcatServer(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    static TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        LOGGER_OF_TOMCAT.setLevel(Level.SEVERE);
        Path base = Files.createDirectories(Path.of("target", "tomcat")).toAbsolutePath();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addContext(contextPath, base.toString());
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, application) -> starting.accept(application), null);
        tomcat.start();
        return new TomcatServer(tomcat);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}

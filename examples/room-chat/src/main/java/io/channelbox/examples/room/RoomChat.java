package io.channelbox.examples.room;

import io.channelbox.message.StoreException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.websocket.server.WsSci;

/** The program: {@link Chat} on an embedded Tomcat. {@code java -jar room-chat.jar --port 8000 --demo --data rooms.db} */
public final class RoomChat implements AutoCloseable {

    // Held here, since loggers that nobody holds forget their level.
    private static final Logger tomcatLog = Logger.getLogger("org.apache");
    private static final Logger leakLog = Logger.getLogger("org.apache.catalina.loader");

    private final Chat chat;
    private final Path folder;
    private final Tomcat tomcat = new Tomcat();

    /**
     * Starts the chat.
     *
     * @throws LifecycleException when the port cannot be had
     */
    RoomChat(Settings settings) throws IOException, LifecycleException {
        tomcatLog.setLevel(Level.WARNING);
        leakLog.setLevel(
                Level.OFF); // what is left behind by an application that is stopped; here the program ends with it
        chat = new Chat(settings);
        folder = Files.createTempDirectory("room-chat");
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(settings.port());
        tomcat.getConnector().setThrowOnFailure(true);
        Context application = tomcat.addContext("", null);
        application.addServletContainerInitializer(new WsSci(), null);
        application.addServletContainerInitializer((classes, context) -> chat.deployTo(context), null);
        tomcat.getHost().getPipeline().addValve(reticent());
        tomcat.start();
    }

    /** Error pages that tell what went wrong, but neither where in the code nor in which version of the server. */
    private static ErrorReportValve reticent() {
        var pages = new ErrorReportValve();
        pages.setShowReport(false);
        pages.setShowServerInfo(false);
        return pages;
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Lets everyone go, then stops the server. */
    @Override
    public void close() throws LifecycleException, IOException {
        chat.close();
        tomcat.stop();
        tomcat.destroy();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Starts the program. */
    public static void main(String[] args) {
        try {
            start(Settings.of(args, System.getenv()));
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void start(Settings settings) {
        try {
            var program = new RoomChat(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(program::closeLoudly));
            System.out.println("Room chat is open at http://localhost:" + program.port() + "/"
                    + (settings.demo() ? " (a demo: ?user=NAME is believed on the sockets)" : ""));
        } catch (StoreException e) { // its text has no password in it, while that of its causes may
            fail("Room chat cannot be started: " + e.getMessage());
        } catch (IOException | LifecycleException e) {
            Throwable root = rootOf(e);
            fail("Room chat cannot be started: "
                    + (root instanceof BindException ? noPort(settings.port()) : root.getMessage()));
        }
    }

    private void closeLoudly() {
        try {
            close();
        } catch (LifecycleException | IOException e) {
            System.err.println("Room chat did not stop cleanly: " + e);
        }
    }

    private static String noPort(int port) {
        return port < 1_024
                ? "port " + port + " is taken or needs privileges, try --port 8000."
                : "port " + port + " is taken, try --port " + (port < 65_535 ? port + 1 : 8_000) + ".";
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static void fail(String text) {
        System.err.println(text);
        System.exit(2);
    }
}

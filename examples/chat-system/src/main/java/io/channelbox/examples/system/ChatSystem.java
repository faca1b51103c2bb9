package io.channelbox.examples.system;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** The program. {@code java -jar chat-system.jar --port 8003 --demo --data DIR} */
@SpringBootApplication
@EnableConfigurationProperties(ChatProperties.class)
public class ChatSystem {

    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        try {
            start(Options.toSpring(arguments));
        } catch (RuntimeException e) {
            System.err.println(oneLine(e));
            System.exit(2);
        }
    }

    private static void start(String... properties) {
        ConfigurableApplicationContext application = SpringApplication.run(ChatSystem.class, properties);
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        boolean demo = application.getBean(ChatProperties.class).demo();
        System.out.println("Chat system is open at http://localhost:" + port + "/"
                + (demo ? " (a demo: ann, bob and cid have their name as the password, and ann moderates)" : ""));
    }

    private static String oneLine(RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            if (root instanceof PortInUseException taken) {
                return noPort(taken.getPort());
            }
            root = root.getCause();
        }
        boolean ours = root instanceof IllegalArgumentException;
        return ours ? String.valueOf(root.getMessage()) : "Chat system cannot be started: " + root.getMessage();
    }

    private static String noPort(int port) {
        return port < 1_024
                ? "port " + port + " is taken or needs privileges, try --port 8003."
                : "port " + port + " is taken, try --port " + (port < 65_535 ? port + 1 : 8_003) + ".";
    }
}

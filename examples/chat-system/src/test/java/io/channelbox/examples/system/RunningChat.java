package io.channelbox.examples.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The program in this process, with the users of the demo, on a port that is free. */
final class RunningChat implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    private RunningChat(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** Starts it with these properties besides. */
    static RunningChat in(Path folder, String... properties) {
        return with(List.of(ChatSystem.class), folder, properties);
    }

    /** Starts it as a part of an application that has beans of its own. */
    static RunningChat with(List<Class<?>> sources, Path folder, String... properties) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--chat.demo=true", "--chat.data=" + folder));
        all.addAll(List.of(properties));
        return new RunningChat(SpringApplication.run(sources.toArray(Class[]::new), all.toArray(String[]::new)));
    }

    int port() {
        return Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    ConfigurableApplicationContext application() {
        return application;
    }

    @Override
    public void close() {
        application.close();
    }
}

package io.channelbox.examples.system;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the program. */
@SpringBootApplication
@EnableConfigurationProperties(ChatProperties.class)
public class ChatSystem {

    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        SpringApplication.run(ChatSystem.class, arguments);
    }
}

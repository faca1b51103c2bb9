package io.channelbox.examples.system;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is set in application.properties or the environment, as {@code chat.*}.
 *
 * @param databaseUrl where conversations are kept: a JDBC URL of SQLite or PostgreSQL
 * @param secretKey signs tokens, at least 32 bytes; without one, a new one is made at each start, and old tokens hold no more
 * @param tokenLifetime how long a token holds
 * @param demo whether there are users ann, bob and cid, who log in with their name as the password
 */
@ConfigurationProperties("chat")
public record ChatProperties(
        @DefaultValue("jdbc:sqlite:chat-system.db") String databaseUrl,
        @DefaultValue("") String secretKey,
        @DefaultValue("12h") Duration tokenLifetime,
        @DefaultValue("false") boolean demo) {}

package io.channelbox.examples.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.moderation.WordFilter;
import io.channelbox.message.UserId;
import io.channelbox.redis.RedisChat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * What is set in application.properties or the environment, as {@code chat.*}. What cannot be is refused at the start.
 *
 * @param data the folder of the database, where no other is named, and of what people upload
 * @param databaseUrl where conversations are kept, see {@link DatabaseUrl}; empty is a file of SQLite in the folder
 * @param redis the Redis by which several programs are one chat, as {@code redis://user:password@host:6379}; empty is one program alone
 * @param secretKey signs tokens, at least 32 bytes; empty is a new one at each start, after which old tokens hold no more
 * @param tokenLifetime how long a token holds
 * @param demo whether there are users ann, bob and cid, who log in with their name as the password
 * @param largestUpload how large a picture or file may be
 * @param allowedOrigins whose pages may open sockets, besides those of this program
 * @param patience how long everybody has to go when the program stops
 * @param moderators who moderates every group; in a demo ann, unless others are named
 * @param mainGroup what the group is called that everybody is in from the start; empty is none. It belongs to the first of the moderators
 * @param words what no message may hold
 * @param keepMessages how long messages are kept; zero is for ever
 * @param archiveAfter how long nothing is said in a group before it is archived; zero is never
 * @param notifies whether people who are away are told of messages, by the {@link io.channelbox.conversation.NotificationSink} that there is
 */
@ConfigurationProperties("chat")
public record ChatProperties(
        @DefaultValue("chat-system-data") Path data,
        @DefaultValue("") String databaseUrl,
        @DefaultValue("") String redis,
        @DefaultValue("") String secretKey,
        @DefaultValue("12h") Duration tokenLifetime,
        @DefaultValue("false") boolean demo,
        @DefaultValue("10MB") DataSize largestUpload,
        @DefaultValue({}) List<String> allowedOrigins,
        @DefaultValue("3s") Duration patience,
        @DefaultValue({}) List<String> moderators,
        @DefaultValue("") String mainGroup,
        @DefaultValue({}) List<String> words,
        @DefaultValue("0") Duration keepMessages,
        @DefaultValue("0") Duration archiveAfter,
        @Name("notify") @DefaultValue("false") boolean notifies) {

    private static final int SHORTEST_KEY = 32;
    private static final String DEMO_MODERATOR = "ann";
    // So that a page comes back by itself after a restart. It protects nothing, but in a demo everybody knows the
    // passwords anyway.
    private static final String DEMO_KEY = "a demo's passwords are no secrets, so neither is this";

    /** Refuses what cannot be. */
    public ChatProperties {
        if (!secretKey.isEmpty() && secretKey.getBytes(UTF_8).length < SHORTEST_KEY) {
            throw new IllegalArgumentException("SECRET_KEY must have at least " + SHORTEST_KEY + " bytes.");
        }
        requirePositive("chat.token-lifetime", tokenLifetime.toMillis());
        requirePositive("chat.largest-upload", largestUpload.toBytes());
        requirePositive("chat.patience", patience.toMillis());
        requireNotNegative("chat.keep-messages", keepMessages);
        requireNotNegative("chat.archive-after", archiveAfter);
        databaseUrl = databaseUrl.isEmpty() ? "jdbc:sqlite:" + data.resolve("chat.db") : databaseUrl;
        DatabaseUrl.of(databaseUrl);
        if (!redis.isEmpty()) {
            checkUri(redis);
            checkSeveral(databaseUrl, secretKey.isEmpty() && !demo);
        }
        secretKey = secretKey.isEmpty() && demo ? DEMO_KEY : secretKey;
        allowedOrigins = List.copyOf(allowedOrigins);
        moderators = moderators.isEmpty() && demo ? List.of(DEMO_MODERATOR) : List.copyOf(moderators);
        moderators.forEach(UserId::new);
        if (!mainGroup.isEmpty()) {
            GroupDetails.named(mainGroup);
            requireModerator(moderators);
        }
        words = List.copyOf(words);
        WordFilter.refusing(words);
    }

    private static void checkUri(String redis) {
        try {
            RedisChat.builder(redis);
        } catch (IllegalArgumentException e) {
            throw noUri();
        }
    }

    /** Without what was said, and without its cause: there may be a password in both. */
    private static IllegalArgumentException noUri() {
        return new IllegalArgumentException(
                "CHAT_REDIS must be redis://user:password@host:6379, rediss:// with TLS, or redis-sentinel://host:26379#master.");
    }

    private static void checkSeveral(String databaseUrl, boolean keysOfTheirOwn) {
        if (DatabaseUrl.of(databaseUrl).isSqlite()) {
            throw new IllegalArgumentException(
                    "chat.redis is for several programs, and a file of SQLite for one: set DATABASE_URL to a PostgreSQL for all of them.");
        }
        if (keysOfTheirOwn) {
            throw new IllegalArgumentException(
                    "With chat.redis all programs need one SECRET_KEY, or a token of one is unknown to the others.");
        }
    }

    /** Tells whether there are other programs. */
    boolean isOneOfSeveral() {
        return !redis.isEmpty();
    }

    private static void requireModerator(List<String> moderators) {
        if (moderators.isEmpty()) {
            throw new IllegalArgumentException(
                    "chat.main-group needs somebody whom it belongs to: name one in chat.moderators.");
        }
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be more than nothing.");
        }
    }

    private static void requireNotNegative(String name, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " must not be less than nothing.");
        }
    }
}

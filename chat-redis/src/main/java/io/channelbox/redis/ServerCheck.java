package io.channelbox.redis;

import io.channelbox.cluster.UnreachableException;
import io.channelbox.message.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a Redis before it is used. */
final class ServerCheck {

    private static final Logger log = LoggerFactory.getLogger(ServerCheck.class);

    private static final int OLDEST = 7;
    private static final Pattern MAJOR = Pattern.compile("v?(\\d{1,9})(?!\\d)");
    private static final int ATTEMPTS = 3;
    private static final Executor SOON = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    private ServerCheck() {}

    /**
     * Refuses a Redis that lacks what is needed, and warns of one that may forget.
     *
     * @throws StoreException when it is too old
     */
    static void check(RedisLink link) {
        Map<String, String> info = new HashMap<>();
        try {
            look(link, ATTEMPTS).lines().filter(line -> line.indexOf(':') > 0).forEach(line -> {
                String[] parts = line.split(":", 2);
                info.put(parts[0], parts[1].trim());
            });
        } catch (UnreachableException e) {
            throw e;
        } catch (StoreException e) {
            log.info("Could not look which Redis it is, which is no harm: {}", e.getMessage());
        }
        checkVersion(info.getOrDefault("redis_version", "7.0.0"));
        checkPolicy(info.getOrDefault("maxmemory_policy", "noeviction"));
    }

    /** A connection that has just been made may refuse the first command: it is new to Lettuce too. */
    private static String look(RedisLink link, int attempts) {
        try {
            return link.await("Looking at Redis", link.commands().info());
        } catch (UnreachableException e) {
            if (attempts == 1) {
                throw e;
            }
        }
        link.await("Waiting for a connection", CompletableFuture.runAsync(() -> {}, SOON));
        return look(link, attempts - 1);
    }

    /** What cannot be read may be a release of its own, which is used as it is. */
    static void checkVersion(String version) {
        Matcher major = MAJOR.matcher(version);
        if (!major.lookingAt()) {
            log.warn("Redis says it is '{}', which is no version. It has to do what Redis {} does", version, OLDEST);
        } else if (Integer.parseInt(major.group(1)) < OLDEST) {
            throw new StoreException(
                    "Redis is " + version + ", which lacks what is needed. Use Redis " + OLDEST + " or later.");
        }
    }

    private static void checkPolicy(String policy) {
        if (!policy.equals("noeviction")) {
            log.warn(
                    "Redis may evict histories and positions when its memory is full (maxmemory-policy {}): groups then"
                            + " begin anew, and clients are told that they missed something. Use noeviction.",
                    policy);
        }
    }
}

package io.channelbox.redis;

import io.channelbox.message.Times;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;

/**
 * How one Redis is reached.
 *
 * @param uris where it is: one, or some of the nodes of a Redis Cluster
 * @param cluster whether it is a Redis Cluster
 * @param prefix what every key and channel begins with
 * @param commandTimeout how long an answer may take
 * @param connectTimeout how long it may take to connect
 * @param certificates who is trusted and what is shown, where a URI says TLS
 */
record LinkOptions(
        List<RedisURI> uris,
        boolean cluster,
        String prefix,
        Duration commandTimeout,
        Duration connectTimeout,
        Certificates certificates) {

    static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    LinkOptions {
        uris = List.copyOf(uris);
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("a Redis needs at least one URI, such as redis://localhost:6379");
        }
        if (uris.size() > 1 && !cluster) {
            throw new IllegalArgumentException("several URIs are of a Redis Cluster, cluster(true), or shards(...)");
        }
        Keys.checked(prefix);
        timeout("commandTimeout", commandTimeout);
        timeout("connectTimeout", connectTimeout);
        if (!certificates.areOfTheJvm() && uris.stream().noneMatch(RedisURI::isSsl)) {
            throw new IllegalArgumentException("certificates are for TLS: the URI must be rediss://host:6379");
        }
    }

    /** Returns the time to wait for something, and refuses one that is none, naming it. */
    static Duration timeout(String what, Duration time) {
        return Times.between(what, Duration.ofMillis(1), LONGEST_TIMEOUT, time);
    }

    /** Returns options for one Redis or one Sentinel. */
    static LinkOptions of(RedisURI uri, String prefix) {
        return new LinkOptions(List.of(uri), false, prefix, COMMAND_TIMEOUT, CONNECT_TIMEOUT, Certificates.OF_THE_JVM);
    }

    /** Returns options for a Redis Cluster. */
    static LinkOptions ofCluster(List<RedisURI> nodes, String prefix) {
        return new LinkOptions(nodes, true, prefix, COMMAND_TIMEOUT, CONNECT_TIMEOUT, Certificates.OF_THE_JVM);
    }

    /** Returns the same options, for answers that come within this time. */
    LinkOptions withCommandTimeout(Duration time) {
        return new LinkOptions(uris, cluster, prefix, time, connectTimeout, certificates);
    }

    Keys keys() {
        return new Keys(prefix, uris.get(0).getDatabase());
    }

    /** Returns where it is, as may be shown to anybody: without passwords. */
    String where() {
        return uris.stream()
                .map(uri -> uri.toString().replaceFirst("\\?.*", ""))
                .toList()
                .toString();
    }

    /** Tells whether Sentinels are asked where it is. */
    boolean asksSentinels() {
        return !uris.get(0).getSentinels().isEmpty();
    }

    /**
     * Names the connections for whoever looks at {@code CLIENT LIST}, unless the URI does, and has the commands that a connection begins with take no
     * longer than others: Lettuce would wait a minute for a Redis that hangs.
     */
    void completeUris() {
        for (RedisURI uri : uris) {
            if (uri.getClientName() == null) {
                uri.setClientName(prefix + ':' + ProcessHandle.current().pid());
            }
            uri.setTimeout(commandTimeout);
            uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(commandTimeout));
        }
    }
}

package io.channelbox.redis;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.cluster.ClusterBroker;
import io.channelbox.cluster.Unreachable;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets boxes on many nodes be one chat, over Redis 7: {@code ChannelBox.builder().broker(RedisChat.connect("redis://localhost:6379"))}. What is
 * kept is kept there, as durably as that Redis is. Each box needs one of its own.
 */
public final class RedisChat implements Broker {

    private final ClusterBroker broker;
    private final List<RedisBackplane> backplanes;

    private RedisChat(ClusterBroker broker, List<RedisBackplane> backplanes) {
        this.broker = broker;
        this.backplanes = backplanes;
    }

    /**
     * Connects with one Redis, or with what Sentinels say is the master: {@code redis://user:password@host:6379/0}, {@code rediss://} with TLS,
     * {@code redis-sentinel://host1:26379,host2:26379/0#master}.
     *
     * @throws IllegalArgumentException when this is no such URI
     * @throws io.channelbox.message.StoreException when it cannot be reached, refuses, or is too old
     */
    public static RedisChat connect(String uri) {
        return builder(uri).connect();
    }

    /**
     * Begins a broker with one Redis, with what Sentinels say is the master, or with a Redis Cluster of which these are some nodes.
     *
     * @throws IllegalArgumentException when one of these is no Redis URI, or there is none
     */
    public static Builder builder(String... uris) {
        return new Builder(parsed(uris));
    }

    private static List<RedisURI> parsed(String... uris) {
        List<RedisURI> all = new ArrayList<>(uris.length);
        for (String uri : uris) {
            try {
                all.add(RedisURI.create(Objects.requireNonNull(uri, "uri")));
            } catch (IllegalArgumentException e) { // without the text of it, which may hold a password
                throw new IllegalArgumentException(
                        "A Redis URI is redis://host:6379, rediss://user:password@host:6379/0"
                                + " or redis-sentinel://host:26379/0#master, and this is none",
                        e);
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a Redis URI is needed, such as redis://localhost:6379");
        }
        return all;
    }

    @Override
    public void start(Receiver receiver) {
        broker.start(receiver);
    }

    @Override
    public PublishResult publish(Publication publication) {
        return broker.publish(publication);
    }

    @Override
    public void watch(GroupName group) {
        broker.watch(group);
    }

    @Override
    public void unwatch(GroupName group) {
        broker.unwatch(group);
    }

    @Override
    public void rule(GroupName group, Rule rule) {
        broker.rule(group, rule);
    }

    @Override
    public History history() {
        return broker.history();
    }

    @Override
    public Optional<Cluster> cluster() {
        return broker.cluster();
    }

    /** Returns how often something came through Redis that was not understood, and dropped: foreign bytes, or those of a release that is too new. */
    public long malformed() {
        return broker.malformed()
                + backplanes.stream().mapToLong(RedisBackplane::dropped).sum();
    }

    /**
     * Returns how many things that are not kept members here were not told, because they came faster than they could be told. What is
     * kept is never among them.
     */
    public long dropped() {
        return broker.dropped();
    }

    /**
     * Leaves the other nodes and closes the connections. A box closes its broker; once more changes nothing. Afterwards it can neither be given
     * to a box nor asked: who tries is told that it was closed.
     */
    @Override
    public void close() {
        broker.close();
    }

    /** Builds a broker over Redis. Not safe for several threads. */
    public static final class Builder {

        private final List<RedisURI> uris;
        private final List<RedisURI> shards = new ArrayList<>();
        private @Nullable RedisCredentialsProvider credentials;
        private boolean cluster;
        private String prefix = "channelbox";
        private Duration commandTimeout = LinkOptions.COMMAND_TIMEOUT;
        private Duration connectTimeout = LinkOptions.CONNECT_TIMEOUT;
        private Certificates certificates = Certificates.OF_THE_JVM;
        private int largestEnvelope = RedisBackplane.LARGEST_ENVELOPE;
        private UnaryOperator<ClusterBroker.Builder> broker = UnaryOperator.identity();

        private Builder(List<RedisURI> uris) {
            this.uris = uris;
        }

        /** Takes the URIs for some nodes of a Redis Cluster, which tell of the others. */
        public Builder cluster(boolean isCluster) {
            cluster = isCluster;
            return this;
        }

        /**
         * Adds further Redis that know nothing of each other: each group is kept on one of them, by its name, and goes on while that one answers,
         * whatever the others do; who is here, bans and connection counts lie on the first. All nodes must name the same ones in the
         * same order; when one is added at the end, the groups that move to it begin anew.
         *
         * @throws IllegalArgumentException when one of these is no Redis URI
         */
        public Builder shards(String... more) {
            shards.addAll(parsed(more));
            return this;
        }

        /**
         * Begins every key and channel with this, 1 to 100 of {@code A-Z a-z 0-9 _ . : -}; {@code channelbox} by default. Applications with other prefixes on the same Redis never
         * meet, and those with the same one are one chat. Connections bear it, too: see {@code CLIENT LIST}.
         *
         * @throws IllegalArgumentException when it is empty, too long, or has other characters
         */
        public Builder prefix(String text) {
            prefix = Keys.checked(text);
            return this;
        }

        /** Signs in as this user, wherever there is a Redis; what the URIs say holds no more. The user of a Redis without users is {@code default}. */
        public Builder credentials(String user, String password) {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
            credentials = RedisCredentialsProvider.from(() -> RedisCredentials.just(user, password));
            return this;
        }

        /**
         * Trusts nobody but these where a URI says {@code rediss://}: X.509 certificates in PEM, of a Redis itself or of who has signed its one. By
         * default those are trusted whom the JVM trusts.
         *
         * @throws IllegalArgumentException when there is no such file
         */
        public Builder trustedCertificates(Path pem) {
            certificates = certificates.trusting(pem);
            return this;
        }

        /**
         * Shows this certificate where a URI says {@code rediss://}. A Redis asks for one unless it says {@code tls-auth-clients no}.
         *
         * @param chain the certificate, and those that lead to whom the Redis trusts, in PEM
         * @param key its private key, PKCS #8 in PEM without a password
         * @throws IllegalArgumentException when there are no such files
         */
        public Builder clientCertificate(Path chain, Path key) {
            certificates = certificates.showing(chain, key);
            return this;
        }

        /** Waits at most this long for an answer, from a millisecond to a day; 2 seconds by default. */
        public Builder commandTimeout(Duration time) {
            commandTimeout = LinkOptions.timeout("commandTimeout", time);
            return this;
        }

        /** Waits at most this long for a connection, from a millisecond to a day; one second by default. */
        public Builder connectTimeout(Duration time) {
            connectTimeout = LinkOptions.timeout("connectTimeout", time);
            return this;
        }

        /** Refuses to publish what is larger than this many bytes, with all that goes with it; 4 MiB by default. */
        public Builder largestEnvelope(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("largestEnvelope must be at least 1, was " + bytes);
            }
            largestEnvelope = bytes;
            return this;
        }

        /** Takes a node for gone when it was not heard of for this long, a second at least; 15 seconds by default. */
        public Builder nodeTimeout(Duration time) {
            return with(builder -> builder.nodeTimeout(time));
        }

        /** Goes on hearing a group for this long after its last member here has left; 5 seconds by default. */
        public Builder linger(Duration time) {
            return with(builder -> builder.linger(time));
        }

        /** Lets publishing wait this long for what it has published to come back; 250 milliseconds by default. */
        public Builder comesBackWithin(Duration time) {
            return with(builder -> builder.comesBackWithin(time));
        }

        /** Looks this often whether what is told comes back, every 100 milliseconds at most; 5 seconds by default. */
        public Builder probeEvery(Duration time) {
            return with(builder -> builder.probeEvery(time));
        }

        /** Says what happens while Redis does not answer; {@link Unreachable#REFUSE} by default. */
        public Builder whenUnreachable(Unreachable choice) {
            return with(builder -> builder.whenUnreachable(choice));
        }

        private Builder with(UnaryOperator<ClusterBroker.Builder> option) {
            var unused = option.apply(ClusterBroker.builder()); // what cannot be is refused here
            UnaryOperator<ClusterBroker.Builder> before = broker;
            broker = builder -> option.apply(before.apply(builder));
            return this;
        }

        /**
         * Connects, and returns a broker for one box.
         *
         * @throws IllegalArgumentException when the options do not go together
         * @throws io.channelbox.message.StoreException when a Redis cannot be reached, refuses, or is too old
         */
        public RedisChat connect() {
            if (cluster && !shards.isEmpty()) {
                throw new IllegalArgumentException(
                        "cluster(true) and shards(...) exclude each other: a Redis Cluster spreads"
                                + " the groups itself. Leave shards out, or cluster(true) where the Redis know nothing of each other.");
            }
            RedisCredentialsProvider provider = credentials;
            if (provider != null) {
                uris.forEach(uri -> uri.setCredentialsProvider(provider));
                shards.forEach(uri -> uri.setCredentialsProvider(provider));
            }
            List<LinkOptions> links = new ArrayList<>();
            links.add(options(uris, cluster));
            shards.forEach(uri -> links.add(options(List.of(uri), false)));
            List<RedisBackplane> backplanes = new ArrayList<>();
            try {
                links.forEach(link -> backplanes.add(RedisBackplane.connect(link, largestEnvelope)));
                ClusterBroker.Builder all = broker.apply(ClusterBroker.builder());
                backplanes.forEach(all::shard);
                return new RedisChat(all.build(), List.copyOf(backplanes));
            } catch (RuntimeException e) {
                backplanes.forEach(RedisBackplane::close);
                throw e;
            }
        }

        private LinkOptions options(List<RedisURI> nodes, boolean isCluster) {
            return new LinkOptions(nodes, isCluster, prefix, commandTimeout, connectTimeout, certificates);
        }
    }
}

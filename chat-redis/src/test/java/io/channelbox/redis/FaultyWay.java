package io.channelbox.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** The way to a Redis, which can be cut, frozen, and made deaf for what is published. */
final class FaultyWay implements AutoCloseable {

    private final NioReactor reactor;
    private final TcpCrusher crusher;
    private final int port = SharedRedis.freePort();
    private final Set<InetSocketAddress> subscribers = ConcurrentHashMap.newKeySet();
    private final Set<InetSocketAddress> deaf = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toSwallow = new AtomicInteger();

    private FaultyWay(int redisPort) {
        try {
            reactor = new NioReactor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        crusher = TcpCrusherBuilder.builder()
                .withReactor(reactor)
                .withBindAddress("127.0.0.1", port)
                .withConnectAddress("127.0.0.1", redisPort)
                .withOutgoingTransformFilterFactory(client -> bytes -> {
                    if (ISO_8859_1.decode(bytes.duplicate()).toString().contains("SUBSCRIBE")
                            && subscribers.add(client)
                            && toSwallow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        deaf.add(client);
                    }
                })
                .withIncomingTransformFilterFactory(client -> bytes -> {
                    if (deaf.contains(client)) {
                        bytes.limit(bytes.position());
                    }
                })
                .buildAndOpen();
    }

    static FaultyWay to(int redisPort) {
        return new FaultyWay(redisPort);
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends all connections, and refuses new ones. */
    void cut() {
        crusher.close();
    }

    void mend() {
        crusher.open();
    }

    /** Lets nothing through any more, without a word. */
    void freeze() {
        crusher.freeze();
    }

    void thaw() {
        crusher.unfreeze();
    }

    /** Lets nothing come that is published, on the connections there are; new ones are well. */
    void deafen() {
        deaf.addAll(subscribers);
    }

    /** Lets nothing come on the next connections that subscribe to something, from then on. */
    void deafenNext(int connections) {
        toSwallow.set(connections);
    }

    /** Returns how many connections have subscribed to something. */
    int subscribers() {
        return subscribers.size();
    }

    @Override
    public void close() {
        crusher.close();
        reactor.close();
    }
}

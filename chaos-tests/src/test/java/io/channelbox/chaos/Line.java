package io.channelbox.chaos;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.netcrusher.NetCrusherException;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** One's way to a server, or to several, which can be cut and frozen. */
final class Line implements AutoCloseable {

    // Of each connection and direction: there are many connections.
    private static final int BUFFERS = 4;
    private static final int BUFFER_SIZE = 8 << 10;
    private static final int MOST_TRIES = 5;

    private final List<TcpCrusher> crushers;
    // Guarded by this: the proxy refuses to be frozen or thawed twice.
    private boolean frozen;
    private boolean frozenForGood;

    private Line(List<TcpCrusher> crushers) {
        this.crushers = crushers;
    }

    static Line to(NioReactor reactor, int... ports) {
        return new Line(
                IntStream.of(ports).mapToObj(port -> crusher(port, reactor)).toList());
    }

    /** A port that was free may be somebody else's a moment later: then another one is tried. */
    private static TcpCrusher crusher(int port, NioReactor reactor) {
        for (int tries = 1; ; tries++) {
            try {
                return crusherOnSomePort(port, reactor);
            } catch (NetCrusherException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static TcpCrusher crusherOnSomePort(int port, NioReactor reactor) {
        return TcpCrusherBuilder.builder()
                .withReactor(reactor)
                .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()))
                .withConnectAddress("127.0.0.1", port)
                .withBufferCount(BUFFERS)
                .withBufferSize(BUFFER_SIZE)
                .buildAndOpen();
    }

    /** Returns where its ends are, in the order of the servers. */
    List<Integer> ports() {
        return crushers.stream()
                .map(crusher -> crusher.getBindAddress().getPort())
                .toList();
    }

    void cut() {
        crushers.forEach(TcpCrusher::closeAllPairs);
    }

    /** Lets nothing through any more, neither what is open nor what comes. */
    synchronized void freeze() {
        if (!frozen) {
            frozen = true;
            crushers.forEach(TcpCrusher::freeze);
        }
    }

    /** Lets nothing through ever more. */
    synchronized void freezeForGood() {
        frozenForGood = true;
        freeze();
    }

    synchronized void thaw() {
        if (frozen && !frozenForGood) {
            frozen = false;
            crushers.forEach(TcpCrusher::unfreeze);
        }
    }

    @Override
    public void close() {
        crushers.forEach(TcpCrusher::close);
    }
}

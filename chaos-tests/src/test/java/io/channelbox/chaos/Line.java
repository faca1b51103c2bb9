package io.channelbox.chaos;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** One client's way to the server, which can be cut and frozen. */
final class Line implements AutoCloseable {

    private final TcpCrusher crusher;
    // Guarded by this: the proxy refuses to be frozen or thawed twice.
    private boolean frozen;
    private boolean frozenForGood;

    private Line(TcpCrusher crusher) {
        this.crusher = crusher;
    }

    static Line to(int port, NioReactor reactor) {
        return new Line(TcpCrusherBuilder.builder()
                .withReactor(reactor)
                .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()))
                .withConnectAddress("127.0.0.1", port)
                .buildAndOpen());
    }

    int port() {
        return crusher.getBindAddress().getPort();
    }

    void cut() {
        crusher.closeAllPairs();
    }

    /** Lets nothing through any more, neither what is open nor what comes. */
    synchronized void freeze() {
        if (!frozen) {
            frozen = true;
            crusher.freeze();
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
            crusher.unfreeze();
        }
    }

    @Override
    public void close() {
        crusher.close();
    }
}

package io.channelbox.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** A way to a server that can be cut and frozen. */
final class FaultyNetwork implements AutoCloseable {

    private final NioReactor reactor;
    private final TcpCrusher crusher;

    private FaultyNetwork(NioReactor reactor, TcpCrusher crusher) {
        this.reactor = reactor;
        this.crusher = crusher;
    }

    static FaultyNetwork before(int port) throws IOException {
        var reactor = new NioReactor();
        TcpCrusher crusher = TcpCrusherBuilder.builder()
                .withReactor(reactor)
                .withBindAddress(new InetSocketAddress("localhost", FreePort.find()))
                .withConnectAddress("localhost", port)
                .buildAndOpen();
        return new FaultyNetwork(reactor, crusher);
    }

    int port() {
        return crusher.getBindAddress().getPort();
    }

    /** Breaks every connection. */
    void cut() {
        crusher.closeAllPairs();
    }

    /** Lets nothing through any more, and nobody hears of it. */
    void freeze() {
        crusher.freezeAllPairs();
    }

    void thaw() {
        crusher.unfreezeAllPairs();
    }

    @Override
    public void close() {
        crusher.close();
        reactor.close();
    }
}

package io.channelbox.benchmarks.servers.netty;

import io.channelbox.benchmarks.servers.ServerProcess;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;

/** A room server on Netty alone, over epoll where there is one. With the argument {@code gather}, a burst is one write per member. */
public final class NettyServer {

    private static final int LOOPS = 2;
    private static final int BACKLOG = 2000;
    private static final int LARGEST_REQUEST = 64 * 1024;
    private static final WriteBufferWaterMark MOST_UNSENT = new WriteBufferWaterMark(4 << 20, 8 << 20);

    private NettyServer() {}

    public static void main(String[] arguments) throws Exception {
        boolean gathering = arguments.length > 1 && arguments[1].equals("gather");
        ServerProcess.run(arguments, port -> start(port, gathering ? new GatheringRooms() : new GroupRooms()));
    }

    private static int start(int port, Rooms rooms) throws InterruptedException {
        var initializer = new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                        .addLast(new WebSocketServerProtocolHandler("/chat"))
                        .addLast(new Member(rooms));
            }
        };
        var address = (InetSocketAddress) new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(LOOPS, transport()))
                .channel(serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, MOST_UNSENT)
                .childHandler(initializer)
                .bind("127.0.0.1", port)
                .sync()
                .channel()
                .localAddress();
        return address.getPort();
    }

    private static IoHandlerFactory transport() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private static Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }
}

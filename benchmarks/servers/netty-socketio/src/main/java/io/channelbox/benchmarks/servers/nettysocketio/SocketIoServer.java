package io.channelbox.benchmarks.servers.nettysocketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import io.channelbox.benchmarks.servers.PlainText;
import io.channelbox.benchmarks.servers.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A room server as one writes it with netty-socketio. */
public final class SocketIoServer {

    private static final int BACKLOG = 2000;

    private SocketIoServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, SocketIoServer::start);
    }

    private static int start(int port) throws IOException {
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port == 0 ? anyPort() : port);
        configuration.setTransports(Transport.WEBSOCKET);
        configuration.getSocketConfig().setAcceptBackLog(BACKLOG);
        var server = new SocketIOServer(configuration);
        var rooms = server.getNamespace("");
        rooms.addEventListener("join", String.class, (client, room, ack) -> {
            client.joinRoom(room);
            ack.sendAckData(room);
        });
        rooms.addEventListener(
                "say",
                String.class,
                (client, text, ack) ->
                        rooms.getRoomOperations(PlainText.roomOf(text)).sendEvent("say", text));
        server.start();
        return configuration.getPort();
    }

    /** The server does not tell which port it got, so it has to be asked for one. */
    private static int anyPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

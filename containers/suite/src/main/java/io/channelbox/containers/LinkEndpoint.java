package io.channelbox.containers;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.message.Frame;
import io.channelbox.testkit.ConnectionContract;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Hands out the server's end of a connection, for {@link ConnectionContract}. */
public final class LinkEndpoint extends Endpoint {

    private final BlockingQueue<Session> opened;

    private LinkEndpoint(BlockingQueue<Session> opened) {
        this.opened = opened;
    }

    static ServerEndpointConfig at(String path, BlockingQueue<Session> opened) {
        return ServerEndpointConfig.Builder.create(LinkEndpoint.class, path)
                .configurator(new Configurator(opened))
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        opened.add(session);
    }

    private static final class Configurator extends ServerEndpointConfig.Configurator {

        private final BlockingQueue<Session> opened;

        Configurator(BlockingQueue<Session> opened) {
            this.opened = opened;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new LinkEndpoint(opened));
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return "";
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public void modifyHandshake(
                ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {}
    }

    /** Both ends of a connection. */
    static final class Link implements ConnectionContract.Link {

        private final RawClient client;
        private final Connection connection;

        private Link(RawClient client, Connection connection) {
            this.client = client;
            this.connection = connection;
        }

        static Link open(URI uri, BlockingQueue<Session> opened, Function<Session, Connection> connections)
                throws Exception {
            RawClient client = RawClient.connect(uri);
            Session session = opened.poll(Client.SECONDS, TimeUnit.SECONDS);
            if (session == null) {
                throw new AssertionError("No session was opened");
            }
            return new Link(client, connections.apply(session));
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public Frame nextFrame() throws IOException {
            var payload = new ByteArrayOutputStream();
            RawClient.RawFrame frame = client.next();
            boolean text = frame.opcode() == RawClient.TEXT;
            payload.writeBytes(frame.payload());
            while (!frame.last()) {
                frame = client.next();
                payload.writeBytes(frame.payload());
            }
            return text ? Frame.utf8(payload.toByteArray()) : Frame.binary(payload.toByteArray());
        }

        @Override
        public CloseStatus closed() throws IOException {
            RawClient.RawFrame frame = client.closeFrame();
            client.answer(frame);
            return frame.closeStatus();
        }

        @Override
        public void stopReading() {
            // It reads only when asked to.
        }

        @Override
        public void close() {
            try {
                client.reset();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.channelbox.benchmarks.servers.vertx;

import io.channelbox.benchmarks.servers.PlainText;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** The sockets of one event loop. A room is an address of the event bus, with one consumer in each verticle. */
final class RoomVerticle extends VerticleBase {

    private static final int BACKLOG = 2000;
    private static final int MOST_UNSENT_BYTES = 8 << 20;
    private static final short TRY_AGAIN_LATER = 1013;

    private final SocketAddress address;
    private final IntConsumer listening;

    // Touched on the event loop only.
    private final Map<String, List<ServerWebSocket>> rooms = new HashMap<>();

    RoomVerticle(SocketAddress address, IntConsumer listening) {
        this.address = address;
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG))
                .webSocketHandler(this::accept)
                .listen(address)
                .onSuccess(server -> listening.accept(server.actualPort()));
    }

    private void accept(ServerWebSocket socket) {
        socket.setWriteQueueMaxSize(MOST_UNSENT_BYTES);
        socket.textMessageHandler(text -> {
            if (PlainText.isJoin(text)) {
                join(PlainText.roomToJoin(text), socket);
                socket.writeTextMessage(text);
            } else {
                vertx.eventBus().publish(PlainText.roomOf(text), text);
            }
        });
    }

    private void join(String room, ServerWebSocket socket) {
        List<ServerWebSocket> members = rooms.computeIfAbsent(room, this::open);
        members.add(socket);
        // In a task of its own: the members may be on their way through write.
        socket.closeHandler(closed -> context.runOnContext(later -> members.remove(socket)));
    }

    private List<ServerWebSocket> open(String room) {
        var members = new ArrayList<ServerWebSocket>();
        vertx.eventBus().<String>consumer(room, message -> write(message.body(), members));
        return members;
    }

    private static void write(String text, List<ServerWebSocket> members) {
        for (ServerWebSocket member : members) {
            if (member.writeQueueFull()) {
                member.close(TRY_AGAIN_LATER);
            } else {
                member.writeTextMessage(text);
            }
        }
    }
}

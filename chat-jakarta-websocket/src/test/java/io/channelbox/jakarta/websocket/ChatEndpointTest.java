package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.PathTemplate;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.limit.Limits;
import io.channelbox.message.UserId;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session is told that opens after its user was admitted, when that holds no more. */
class ChatEndpointTest {

    private static final ConsumerOptions TELLING = ConsumerOptions.DEFAULT.tellingOfAuthentication();

    record Say(String text) {}

    static final class Room extends ChannelConsumer<Say> {

        @Override
        protected void onReceive(Channel me, Say say) {
            me.send(say);
        }
    }

    private final ChannelBox box = ChannelBox.builder()
            .executor(Runnable::run)
            .limits(Limits.NONE.withChannelsPerUser(1))
            .build();
    private final OpenChannels channels = new OpenChannels(box);
    private Runnable whileOneOpens = () -> {};
    private final List<String> sent = new ArrayList<>();
    private final List<CloseReason> closes = new ArrayList<>();

    @AfterEach
    void closeBox() {
        box.close();
    }

    @Test
    void whoWasBannedMeanwhileIsToldSoFirst() {
        box.ban(new UserId("ann"), Duration.ofMinutes(1));

        open(TELLING);

        assertEquals(1, sent.size());
        assertTrue(sent.get(0).contains("403") && sent.get(0).contains("banned"), sent.get(0));
        assertEquals(List.of(4403), codes());
    }

    @Test
    void whoHasTooManyChannelsMeanwhileIsToldSoFirst() {
        open(TELLING);
        sent.clear();

        open(TELLING);

        assertEquals(1, sent.size());
        assertTrue(sent.get(0).contains("429"), sent.get(0));
        assertEquals(List.of(4429), codes());
    }

    @Test
    void whereNobodyIsToldTheCodeSaysIt() {
        box.ban(new UserId("ann"), Duration.ofMinutes(1));

        open(ConsumerOptions.DEFAULT);

        assertEquals(List.of(), sent);
        assertEquals(List.of(4403), codes());
    }

    @Test
    void whoComesInWhenTheOthersHaveLeftIsToldToComeBack() {
        channels.leave();

        open(ConsumerOptions.DEFAULT);

        assertEquals(List.of(1001), codes());
    }

    @Test
    void whoLeavesWaitsForWhoIsComingInToBeTold() throws Exception {
        List<Integer> toldBeforeTheEnd = new ArrayList<>();
        var stopping = new Thread(() -> {
            channels.leave();
            toldBeforeTheEnd.addAll(codes());
        });
        whileOneOpens = () -> {
            stopping.start();
            while (stopping.isAlive() && stopping.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        };

        open(ConsumerOptions.DEFAULT);
        stopping.join();

        assertEquals(List.of(1001), toldBeforeTheEnd);
    }

    private List<Integer> codes() {
        return closes.stream().map(reason -> reason.getCloseCode().getCode()).toList();
    }

    private void open(ConsumerOptions options) {
        Handshake handshake = Handshake.at("/room").build();
        Admission admitted = Admission.answered(handshake, AuthResult.accept(User.named("ann")));
        Map<String, Object> properties = new HashMap<>(Map.of(Admission.class.getName(), admitted));
        Mount mount = new Mount(new PathTemplate("/room"), options, () -> {
            whileOneOpens.run();
            return new Room();
        });
        var endpoint = new ChatEndpoint(box, mount, channels, new Readers(1), ConnectionFactory.preferringNative());
        endpoint.onOpen(session(endpoint, properties), proxy(EndpointConfig.class, (proxy, method, arguments) -> null));
    }

    private Session session(ChatEndpoint endpoint, Map<String, Object> properties) {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
            sent.add((String) arguments[0]);
            ((SendHandler) arguments[1]).onResult(new SendResult());
            return null;
        });
        WebSocketContainer container = proxy(WebSocketContainer.class, (proxy, method, arguments) -> null);
        Map<String, Object> answers =
                Map.of("getAsyncRemote", remote, "getContainer", container, "getUserProperties", properties);
        return proxy(Session.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                closes.add((CloseReason) arguments[0]);
                endpoint.onClose((Session) proxy, (CloseReason) arguments[0]);
            }
            return answers.get(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

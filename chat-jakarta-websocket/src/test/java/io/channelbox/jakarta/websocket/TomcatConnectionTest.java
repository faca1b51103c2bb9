package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.channel.Connection.Completion;
import io.channelbox.message.Frame;
import io.channelbox.testkit.TestConnection;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What is done about a session whose peer is slow. The session behaves as Tomcat's, which refuses nearly everything once it is closed. */
class TomcatConnectionTest {

    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final ManualTicks ticks = new ManualTicks();
    private final FrameWriter writer = new FrameWriter(turns::add, ticks, thread -> true);
    private final List<String> sent = new ArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();
    private Runnable whileSending = () -> {};
    private boolean closed;

    private final TomcatConnection connection = new TomcatConnection(session(), writer);

    @Test
    void framesThatWaitLeaveTogetherOnAThreadOfTheWriter() {
        var ended = new Outcome();

        connection.sendAll(List.of(Frame.text("one"), Frame.text("two")), ended);
        assertTrue(sent.isEmpty());
        turns.remove().run();

        assertEquals(List.of("batch", "one", "two", "flush", "end of batch"), sent);
        assertEquals(List.of("succeeded"), ended.told);
    }

    @Test
    void aSendThatTakesLongMakesTheNextOnesAsynchronousUntilThePeerIsQuickAgain() {
        whileSending = ticks::tickTwice;
        connection.send(Frame.text("slow"), new Outcome());
        turns.remove().run();
        whileSending = () -> {};

        for (int i = 0; i < 16; i++) {
            connection.send(Frame.text("proof"), new Outcome());
        }
        assertTrue(turns.isEmpty());
        connection.send(Frame.text("quick"), new Outcome());
        turns.remove().run();

        assertEquals("async proof", sent.get(16));
        assertEquals("quick", sent.get(17));
    }

    @Test
    void whoIsClosedWhileASendTakesLongIsGivenLittleTimeThoughTheSessionAnswersNoMore() {
        whileSending = () -> {
            closed = true;
            ticks.tickTwice();
        };

        connection.send(Frame.text("slow"), new Outcome());
        turns.remove().run();

        assertEquals(SessionConnection.MILLIS_TO_EVICT, properties.get(SEND_TIMEOUT));
    }

    @Test
    void aSessionThatIsClosedWhileASendTakesLongKeepsNobodyElseWaiting() {
        whileSending = () -> {
            closed = true;
            ticks.tickTwice();
            whileSending = () -> {};
            turns.remove().run(); // another thread goes on
        };
        connection.send(Frame.text("slow"), new Outcome());
        writer.offer(new Other());

        turns.remove().run();

        assertEquals(List.of("to somebody else", "slow"), sent);
    }

    @Test
    void whatStandsBehindAFrameThatMayBeCutShortIsNotSent() {
        var ended = new Outcome();
        whileSending = () -> connection.close(CloseStatus.TOO_SLOW);

        connection.sendAll(List.of(Frame.text("cut"), Frame.text("never")), ended);
        turns.remove().run();

        assertEquals(List.of("batch", "cut"), sent);
        assertEquals(List.of("failed"), ended.told);
    }

    private Session session() {
        RemoteEndpoint.Basic basic = proxy(RemoteEndpoint.Basic.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "sendText" -> {
                    whileSending.run();
                    sent.add((String) arguments[0]);
                }
                case "setBatchingAllowed" -> sent.add((boolean) arguments[0] ? "batch" : "end of batch");
                case "flushBatch" -> sent.add("flush");
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
        RemoteEndpoint.Async async = proxy(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
            sent.add("async " + arguments[0]);
            ((SendHandler) arguments[1]).onResult(new SendResult());
            return null;
        });
        WebSocketContainer container = proxy(WebSocketContainer.class, (proxy, method, arguments) -> null);
        Map<String, Object> answers = Map.of(
                "getAsyncRemote", async,
                "getBasicRemote", basic,
                "getContainer", container,
                "getUserProperties", properties);
        return proxy(Session.class, (proxy, method, arguments) -> {
            if (arguments != null && arguments[0] instanceof CloseReason) {
                closed = true;
            }
            if (closed && method.getName().startsWith("get")) {
                throw new IllegalStateException("The WebSocket session has been closed");
            }
            return answers.get(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Outcome implements Completion {

        private final List<String> told = new ArrayList<>();

        @Override
        public void succeeded() {
            told.add("succeeded");
        }

        @Override
        public void failed(Throwable cause) {
            told.add("failed");
        }
    }

    private final class Other implements FrameWriter.Write {

        @Override
        public Connection connection() {
            return new TestConnection(status -> {}, () -> {});
        }

        @Override
        public void write() {
            sent.add("to somebody else");
        }

        @Override
        public void writeWithoutThread() {
            throw new IllegalStateException("there are threads");
        }

        @Override
        public void tookTooLong() {
            throw new IllegalStateException("it does not");
        }
    }
}

package io.channelbox.containers;

import io.channelbox.channel.CloseStatus;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A peer that behaves. It waits for what it is asked for, at most {@value #SECONDS} seconds. */
public interface Client extends AutoCloseable {

    /** How long anything may take. */
    int SECONDS = 20;

    /** Sends a text. */
    void send(String text);

    /** Sends bytes. */
    void send(byte[] bytes);

    /** Waits for the next message, put together if it came in parts. */
    Frame next() throws Exception;

    /** Waits until the connection is closed, and tells with what. */
    CloseStatus closed() throws Exception;

    /** Returns the subprotocol that was agreed on, or an empty text. */
    String subprotocol();

    /** Closes the connection. */
    void close(CloseStatus status);

    /** Lets go of the connection. */
    @Override
    void close();

    /** Waits for the next message, which must be a text. */
    default String text() throws Exception {
        return ((TextFrame) next()).text();
    }

    /** Sends a text and waits for the next message. */
    default String ask(String text) throws Exception {
        send(text);
        return text();
    }

    /** Implementations that have nothing in common. */
    enum Kind {
        /** That of the JDK. */
        JDK {
            @Override
            public Client connect(URI uri, Map<String, String> headers, List<String> subprotocols) throws Exception {
                return JdkClient.connect(uri, headers, subprotocols);
            }
        },
        /** That of the library Java-WebSocket. */
        JAVA_WEBSOCKET {
            @Override
            public Client connect(URI uri, Map<String, String> headers, List<String> subprotocols) throws Exception {
                return JavaWebSocketClient.connect(uri, headers, subprotocols);
            }
        };

        /** Connects. */
        public abstract Client connect(URI uri, Map<String, String> headers, List<String> subprotocols)
                throws Exception;

        /** Connects. */
        public Client connect(URI uri) throws Exception {
            return connect(uri, Map.of(), List.of());
        }
    }
}

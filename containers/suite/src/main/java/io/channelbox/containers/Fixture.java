package io.channelbox.containers;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.channel.ChannelBox;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The container as the tests see it: one server for all of them, and more where a test asks for its own. */
interface Fixture {

    /** Reads what consumers tell. */
    ObjectMapper JSON = new ObjectMapper();

    /** Starts the container with these endpoints, in the way its users would. */
    TestServer start(ChatEndpoints endpoints) throws Exception;

    /** Starts the container with these endpoints and nothing of ours around them. */
    TestServer start(List<ServerEndpointConfig> configs) throws Exception;

    /** Returns the endpoints of the suite. */
    ChatEndpoints endpoints(ChannelBox of);

    /** Says what the container does that no adapter can make good. */
    Set<Quirk> quirks();

    /** Returns the server that all tests share; it has the endpoints of the suite. */
    TestServer server();

    /** Returns the box behind {@link #server()}. */
    ChannelBox box();

    /** Returns what the consumers of all servers note. */
    Journal journal();

    /** Returns an id for {@code ?id=} that no other test has. */
    String newId();

    /** Connects to the shared server. */
    default Client connect(String path) throws Exception {
        return Client.Kind.JDK.connect(server().at(path));
    }

    /** Connects to the shared server, without manners. */
    default RawClient raw(String path, String... headers) throws Exception {
        return RawClient.connect(server().at(path), headers);
    }

    /** The one place that waits without an event: there is none on this side of a full socket. */
    default void nothingTellsAPeerThatDoesNotRead(Duration time) throws Exception {
        assertFalse(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS));
    }
}

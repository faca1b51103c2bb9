package io.channelbox.benchmarks.load;

import java.util.List;

/** The state of one connection's protocol. Called by the generator's thread alone. */
public interface Conversation {

    /** The texts to send as soon as the WebSocket is open. */
    List<String> opened();

    /** Called with each text that holds no delivery, heartbeats included. Answers the texts to send. */
    List<String> received(String text);

    /** Whether the client is in all its rooms. */
    boolean joined();
}

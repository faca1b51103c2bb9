package io.channelbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.cluster.Backplane.Listener;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what comes through channels: {@code Kepoch:offset:envelope} of what is kept, {@code T} and an envelope of what is not, {@code S}
 * and a signal. Anything else is counted and dropped, as everybody who has the password may publish.
 */
final class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);
    private static final int LONGEST_HEAD = 100;

    private final Listener listener;
    private final Foreign foreign;

    Arrivals(Listener listener, Foreign foreign) {
        this.listener = listener;
        this.foreign = foreign;
    }

    static byte[] signal(byte[] signal) {
        byte[] framed = new byte[signal.length + 1];
        framed[0] = 'S';
        System.arraycopy(signal, 0, framed, 1, signal.length);
        return framed;
    }

    /** Takes what came to all nodes. */
    void take(byte[] message) {
        if (message.length == 0 || message[0] != 'S') {
            drop("all nodes");
            return;
        }
        give("all nodes", () -> listener.told(rest(message, 1)));
    }

    /** Takes what came to a group. */
    void take(GroupName group, byte[] message) {
        switch (message.length == 0 ? 0 : message[0]) {
            case 'K' -> takeKept(group, message);
            case 'T' -> give(group, () -> listener.published(group, Optional.empty(), rest(message, 1)));
            case 'S' -> give(group, () -> listener.told(group, rest(message, 1)));
            default -> drop(group);
        }
    }

    private void takeKept(GroupName group, byte[] message) {
        int first = indexOfColon(message, 1);
        int second = first < 0 ? -1 : indexOfColon(message, first + 1);
        if (second < 0) {
            drop(group);
            return;
        }
        Optional<StreamPosition> position;
        try {
            position = Optional.of(new StreamPosition(
                    new String(message, 1, first - 1, UTF_8),
                    Long.parseLong(new String(message, first + 1, second - first - 1, UTF_8))));
        } catch (IllegalArgumentException e) { // no number, or a negative one
            drop(group);
            return;
        }
        give(group, () -> listener.published(group, position, rest(message, second + 1)));
    }

    private static int indexOfColon(byte[] message, int from) {
        for (int i = from; i < message.length && i < LONGEST_HEAD; i++) {
            if (message[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] rest(byte[] message, int from) {
        return Arrays.copyOfRange(message, from, message.length);
    }

    /** The thread is Lettuce's: an exception would end the connection. */
    private void give(Object where, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("What was told to {} was not taken", where, e);
        }
    }

    private void drop(Object where) {
        foreign.met(where, 1);
    }
}

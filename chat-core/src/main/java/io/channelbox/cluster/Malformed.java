package io.channelbox.cluster;

import io.channelbox.message.GroupName;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came and could not be understood: counted, said once in a while, and of no other consequence. */
final class Malformed {

    private static final Logger log = LoggerFactory.getLogger(Malformed.class);
    private static final int LOGGED_EVERY = 1_000;

    private final AtomicLong count = new AtomicLong();

    void met(GroupName group, MalformedEnvelopeException why) {
        count(group.value(), why);
    }

    void met(MalformedEnvelopeException why) {
        count("all nodes", why);
    }

    private void count(String where, MalformedEnvelopeException why) {
        long number = count.incrementAndGet();
        if (number % LOGGED_EVERY == 1) {
            log.warn("Something for {} is not understood, number {}: {}", where, number, why.getMessage());
        }
    }

    long count() {
        return count.get();
    }
}

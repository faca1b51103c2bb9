package io.channelbox.redis;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is none of ours, in channels or streams, as everybody who has the password may write there: dropped, counted, and said once in a while. */
final class Foreign {

    private static final Logger log = LoggerFactory.getLogger(Foreign.class);

    private final AtomicLong count = new AtomicLong();

    void met(Object where, long things) {
        long before = count.getAndAdd(things);
        long now = before + things;
        if (things > 0
                && Long.highestOneBit(before) != Long.highestOneBit(now)) { // the first, second, fourth, eighth...
            log.warn("Dropped what is none of ours in {}; {} so far. Who else uses this prefix?", where, now);
        }
    }

    /** Returns how much was dropped. */
    long count() {
        return count.get();
    }
}

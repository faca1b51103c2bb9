package io.channelbox.cluster;

import io.channelbox.message.GroupName;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is not kept, and came faster than it could be told here: counted, and said once in a while. */
final class Dropped {

    private static final Logger log = LoggerFactory.getLogger(Dropped.class);

    private final AtomicLong count = new AtomicLong();

    void met(GroupName group, int things) {
        long before = count.getAndAdd(things);
        long now = before + things;
        if (things > 0
                && Long.highestOneBit(before) != Long.highestOneBit(now)) { // the first, second, fourth, eighth...
            log.warn("{} is heard faster than it can be told: what is not kept is dropped, {} so far", group, now);
        }
    }

    long count() {
        return count.get();
    }
}

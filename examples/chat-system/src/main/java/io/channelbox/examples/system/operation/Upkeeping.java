package io.channelbox.examples.system.operation;

import io.channelbox.conversation.Upkeep;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Takes away, once an hour, what is too old to be kept, and archives groups that have fallen silent. */
public final class Upkeeping {

    private static final Logger log = LoggerFactory.getLogger(Upkeeping.class);
    private static final UserId SYSTEM = new UserId("system");

    private final Upkeep upkeep;
    private final Optional<Duration> keptFor;
    private final Optional<Duration> silentFor;

    /** Keeps messages, and lets groups be silent, for so long; zero is for ever. */
    public Upkeeping(Upkeep upkeep, Duration keptFor, Duration silentFor) {
        this.upkeep = upkeep;
        this.keptFor = Optional.of(keptFor).filter(time -> !time.isZero());
        this.silentFor = Optional.of(silentFor).filter(time -> !time.isZero());
    }

    /** Does what is due, on the scheduler's thread. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    public void work() {
        if (keptFor.isPresent()) {
            log.info("{} old messages were taken away", upkeep.expire(conversation -> keptFor));
        }
        if (silentFor.isPresent()) {
            log.info("{} silent groups were archived", upkeep.archive(conversation -> silentFor, SYSTEM));
        }
    }
}

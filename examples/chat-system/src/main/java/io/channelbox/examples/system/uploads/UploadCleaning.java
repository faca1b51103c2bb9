package io.channelbox.examples.system.uploads;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets, once an hour, what was uploaded a day ago and is in no message. */
@Component
@EnableScheduling
class UploadCleaning {

    private static final Duration WAITS = Duration.ofDays(1);

    private final Uploads uploads;
    private final InstantSource clock = InstantSource.system();

    UploadCleaning(Uploads uploads) {
        this.uploads = uploads;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void clean() {
        uploads.forgetUnattached(clock.instant().minus(WAITS));
    }
}

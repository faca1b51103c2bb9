package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Content;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnPublicationsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Publication publication = new Publication(
            MessageId.at(NOW),
            GroupName.of("room"),
            NOW,
            Content.of("hello"),
            PublishOptions.DEFAULT,
            Optional.empty());
    private long now;
    private final OwnPublications own = new OwnPublications(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
        own.sweep();
    }

    @Test
    void whatNobodyHasAnsweredForLongHasNotCome() {
        own.add(publication);

        pass(Duration.ofHours(1));

        assertTrue(own.doubt(publication));
    }

    @Test
    void whatWasAnsweredAndHasNotComeIsForgottenAMinuteLater() {
        own.add(publication);
        pass(Duration.ofHours(1));
        own.answered(publication);

        pass(Duration.ofSeconds(59));
        assertEquals(1, own.size());
        pass(Duration.ofSeconds(1));

        assertEquals(0, own.size());
    }
}

package io.channelbox.channel;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Receiver;
import io.channelbox.codec.Content;
import io.channelbox.message.StreamPosition;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's end of the broker: takes a publication to every member that lives here. It waits for nobody. */
final class Broadcaster implements Receiver {

    private static final Logger log = LoggerFactory.getLogger(Broadcaster.class);

    private final GroupRegistry registry;
    private final BoxConfig config;

    Broadcaster(GroupRegistry registry, BoxConfig config) {
        this.registry = registry;
        this.config = config;
    }

    @Override
    public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
        OverflowPolicy policy = config.settingsOf(publication.group())
                .overflow()
                .orElse(config.outbox().policy());
        int queued = 0;
        int dropped = 0;
        int closed = 0;
        for (Membership member : registry.snapshot(publication.group()).members()) {
            switch (deliver(publication, position, member, policy)) {
                case QUEUED -> queued++;
                case DROPPED -> dropped++;
                case CLOSED -> closed++;
                case NOT_MEANT -> {}
            }
        }
        return new Deliveries(queued, dropped, closed);
    }

    private enum Outcome {
        QUEUED,
        DROPPED,
        CLOSED,
        NOT_MEANT
    }

    private Outcome deliver(
            Publication publication, Optional<StreamPosition> position, Membership member, OverflowPolicy policy) {
        Channel channel = member.channel();
        try {
            PublishOptions options = publication.options();
            if (!options.reaches(channel)) {
                return Outcome.NOT_MEANT;
            }
            Content content = options.variation()
                    .flatMap(variation -> variation.apply(channel))
                    .map(Content::of)
                    .orElse(publication.content());
            return member.deliver(content.in(channel.codec()), position, policy)
                    .map(Broadcaster::outcome)
                    .orElse(Outcome.NOT_MEANT);
        } catch (RuntimeException | Error e) {
            // Of a condition, a variation, an interceptor or a codec: the others still get theirs.
            log.error("{} does not get message {} of {}", channel, publication.id(), publication.group(), e);
            return Outcome.DROPPED;
        }
    }

    private static Outcome outcome(SendResult result) {
        return switch (result) {
            case QUEUED -> Outcome.QUEUED;
            case DROPPED -> Outcome.DROPPED;
            case CLOSED, NO_SUCH_CHANNEL -> Outcome.CLOSED;
        };
    }
}

package io.channelbox.channel;

import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Content;
import io.channelbox.message.Payload;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what goes to other nodes, before it goes, in all that their members may need: as it would be kept, and in each format that this
 * box knows of and that cannot be made of that. It knows those that channels here have spoken, and those it was built with.
 */
final class Travel {

    private static final Logger log = LoggerFactory.getLogger(Travel.class);

    private final Codec<?> historyCodec;
    private final EventTypes eventTypes;
    private final ConcurrentMap<String, Codec<?>> spoken = new ConcurrentHashMap<>();

    Travel(Codec<?> historyCodec, Collection<Codec<?>> codecs, EventTypes eventTypes) {
        this.historyCodec = historyCodec;
        this.eventTypes = eventTypes;
        codecs.forEach(this::spoken);
    }

    /** A channel speaks this. */
    void spoken(Codec<?> codec) {
        spoken.putIfAbsent(codec.format(), codec);
    }

    /**
     * Writes something.
     *
     * @throws IllegalArgumentException when it cannot be written so that other nodes can read it
     */
    void write(Content content, PublishOptions options) {
        if (options.recipient() == PublishOptions.To.CONSUMERS) {
            eventTypes.write(content);
            return;
        }
        Payload common = content.payloadIn(historyCodec);
        if (!(content.payload() instanceof Payload)) { // that is written already, and cannot be written otherwise
            spoken.values().stream()
                    .filter(codec -> !codec.restores(common.format()))
                    .forEach(codec -> writeIfPossible(content, codec));
        }
    }

    /** Perhaps nobody in this group speaks it: it is an error where somebody does. */
    private static void writeIfPossible(Content content, Codec<?> codec) {
        try {
            content.in(codec);
        } catch (IllegalArgumentException e) {
            log.debug("What is said is not told to other nodes as '{}'", codec.format(), e);
        }
    }
}

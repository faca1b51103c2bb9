package io.channelbox.cluster;

import io.channelbox.broker.Cluster.Health;
import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Signal;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The box of this node, which what comes is handed to. Whatever it throws keeps nothing back that comes after. */
final class LocalBox {

    private static final Logger log = LoggerFactory.getLogger(LocalBox.class);

    private final AtomicReference<Receiver> receiver = new AtomicReference<>();
    // Set while this thread is inside the box, where publishing would wait for itself.
    private final ThreadLocal<Boolean> delivering = ThreadLocal.withInitial(() -> false);

    void start(Receiver only) {
        if (!receiver.compareAndSet(null, Objects.requireNonNull(only, "receiver"))) {
            throw new IllegalStateException("This broker belongs to a box already. Make one for each ChannelBox.");
        }
    }

    Receiver receiver() {
        return Objects.requireNonNull(receiver.get());
    }

    /** Tells whether the calling thread is about to hand something to the box. */
    boolean isDelivering() {
        return delivering.get();
    }

    Deliveries deliver(Publication publication, Optional<StreamPosition> position) {
        delivering.set(true);
        try {
            return receiver().receive(publication, position);
        } catch (RuntimeException | Error e) {
            log.error("{} reaches nobody here", publication.id(), e);
            return Deliveries.NONE;
        } finally {
            delivering.set(false);
        }
    }

    void lost(GroupName group, StreamPosition after, StreamPosition upTo) {
        log.warn("Of {} everything from {} to {} is lost for this node", group, after, upTo);
        try {
            receiver().lost(group, after, upTo);
        } catch (RuntimeException | Error e) { // what follows is told in any case
            log.error("Members of {} could not be told of a loss", group, e);
        }
    }

    void signalled(Signal signal) {
        try {
            receiver().signalled(signal);
        } catch (RuntimeException | Error e) { // the reader goes on
            log.error("What another node told could not be followed", e);
        }
    }

    void healthChanged(Health health) {
        receiver().healthChanged(health);
    }

    void flush() {
        Receiver here = receiver.get();
        if (here != null) {
            here.flush();
        }
    }
}

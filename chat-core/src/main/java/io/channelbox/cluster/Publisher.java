package io.channelbox.cluster;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishResult;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.OwnPublications.Own;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says to all nodes what is said on this one, and waits a moment for it to come back, to tell whom it reached here. */
final class Publisher {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final String node;
    private final LocalBox box;
    private final OwnPublications own;
    private final Unreachable whenUnreachable;
    private final long comesBackNanos;

    Publisher(String node, LocalBox box, OwnPublications own, Unreachable whenUnreachable, Duration comesBack) {
        this.node = node;
        this.box = box;
        this.own = own;
        this.whenUnreachable = whenUnreachable;
        this.comesBackNanos = comesBack.toNanos();
    }

    /**
     * Publishes through a shard.
     *
     * @throws UnreachableException when it does not answer, and this is not told to members here instead
     */
    PublishResult publish(Shard shard, Publication publication) {
        if (box.isDelivering()) {
            throw new IllegalStateException("A broadcast was started from inside another one (an event listener, an"
                    + " interceptor, or a predicate of its options). Hand it to an executor instead.");
        }
        if (!shard.link().answers()) {
            return publishUnreached(shard, publication);
        }
        Optional<Own> awaited =
                shard.watches().isWatched(publication.group()) ? Optional.of(own.add(publication)) : Optional.empty();
        Outcome outcome;
        try {
            outcome = taken(shard, publication);
        } catch (UnreachableException e) { // it may have been taken, and may come: then its conditions hold
            shard.link().failed(e);
            if (!e.wasAsked()) {
                own.remove(publication);
            }
            if (!staysLocal(publication)) {
                throw e;
            }
            return new PublishResult.Sent(
                    e.wasAsked() ? tellHereInDoubt(shard, publication, awaited) : tellHere(shard, publication));
        }
        if (outcome instanceof Outcome.Kept kept) {
            return new PublishResult.Appended(
                    kept.position(), delivered(shard, publication, awaited, Optional.of(kept.position())));
        }
        if (outcome instanceof Outcome.Told) {
            return new PublishResult.Sent(delivered(shard, publication, awaited, Optional.empty()));
        }
        own.remove(publication);
        if (outcome instanceof Outcome.Refused refused) {
            return new PublishResult.Refused(refused.why(), refused.retryAfter());
        }
        Outcome.Repeated repeated = (Outcome.Repeated) outcome;
        return new PublishResult.Duplicate(repeated.message(), repeated.position());
    }

    private Outcome taken(Shard shard, Publication publication) {
        var outgoing = new Backplane.Outgoing(
                publication.group(),
                publication.id(),
                Envelopes.write(publication, node),
                publication
                        .keep()
                        .map(keep -> new Backplane.Keep(
                                keep.retention(), keep.payload().frame().size())),
                publication.options().idempotencyKey(),
                publication.options().sender(),
                publication.options().ruled());
        try {
            return shard.backplane().publish(outgoing);
        } catch (UnreachableException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            own.remove(publication);
            throw e;
        } finally {
            own.answered(publication);
        }
    }

    /** What is kept needs to be kept for all; what is not, members here may be told if that is wanted. */
    private PublishResult publishUnreached(Shard shard, Publication publication) {
        if (staysLocal(publication)) {
            return new PublishResult.Sent(tellHere(shard, publication));
        }
        throw shard.link().notAsked("Nothing was said to " + publication.group());
    }

    private boolean staysLocal(Publication publication) {
        return whenUnreachable == Unreachable.STAY_LOCAL && publication.keep().isEmpty();
    }

    /** Members here are told once, whether it comes or not. */
    private Deliveries tellHereInDoubt(Shard shard, Publication publication, Optional<Own> awaited) {
        Watch watch = shard.watches().get(publication.group());
        if (awaited.isEmpty() || watch == null) {
            return Deliveries.NONE;
        }
        if (own.doubt(publication)) {
            watch.tellHere(publication, node);
            watch.lane().runHere();
        }
        return awaited.get().delivered().getNow(Deliveries.NONE);
    }

    private Deliveries tellHere(Shard shard, Publication publication) {
        Watch watch = shard.watches().get(publication.group());
        if (watch == null || !watch.isWatched()) {
            return Deliveries.NONE;
        }
        Own mine = own.add(publication);
        own.answered(publication); // nobody is asked
        watch.tellHere(publication, node);
        watch.lane().runHere();
        return mine.delivered().getNow(Deliveries.NONE);
    }

    /** Waits a moment for what was published to come back, and tells whom it reached here. */
    private Deliveries delivered(
            Shard shard, Publication publication, Optional<Own> awaited, Optional<StreamPosition> position) {
        Watch watch = shard.watches().get(publication.group());
        if (awaited.isEmpty() || watch == null) {
            return Deliveries.NONE;
        }
        watch.lane().runHere();
        Own mine = awaited.get();
        if (!mine.delivered().isDone() && !comesBack(shard.link(), mine)) {
            position.ifPresent(watch::expect);
            watch.lane().runHere();
        }
        return mine.delivered().getNow(Deliveries.NONE);
    }

    private boolean comesBack(Link link, Own mine) {
        if (comesBackNanos == 0 || !link.hears()) {
            return false;
        }
        try {
            mine.delivered().get(comesBackNanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            link.suspect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.error("What was published could not be told here", e);
        }
        return false;
    }
}

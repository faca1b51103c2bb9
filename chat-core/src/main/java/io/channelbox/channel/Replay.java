package io.channelbox.channel;

import io.channelbox.channel.Membership.Beginning;
import io.channelbox.channel.Membership.Page;
import io.channelbox.codec.Envelope;
import io.channelbox.message.Frame;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a new member of a topic what it missed, page by page: the first by the thread that joins it, each further one by the
 * channel's executor when the one before has left.
 */
final class Replay {

    private static final Logger log = LoggerFactory.getLogger(Replay.class);

    private final Membership membership;
    private final SharedHistory history;
    private final boolean staysLocal;
    private final StreamWords words;
    private final Consumer<Membership> leaving;
    // How many pages are to be read: one, unless its predecessor leaves while it is being sent. Whoever takes it from 0
    // reads.
    private final AtomicInteger due = new AtomicInteger();

    /**
     * Makes one for a member that has just joined.
     *
     * @param staysLocal whether who wants nothing of the past comes in also while that cannot be read
     */
    Replay(
            Membership membership,
            SharedHistory history,
            boolean staysLocal,
            StreamWords words,
            Consumer<Membership> leaving) {
        this.membership = membership;
        this.history = history;
        this.staysLocal = staysLocal;
        this.words = words;
        this.leaving = leaving;
    }

    /**
     * Reads the first page and tells it.
     *
     * @param answer surrounds the first words, which may answer something
     * @throws io.channelbox.message.StoreException when it cannot be read; then nothing was told
     */
    void begin(CatchUp wanted, Envelope answer) {
        Optional<StreamPosition> since = sinceOf(wanted);
        KeptPage page = putOffIfMuchWaits(first(since, wanted.latest()).portion());
        boolean recovered = since.isPresent() && !page.gap();
        Optional<StreamPosition> known = recovered ? since : page.start();
        due.set(1);
        tell(page, beginning -> {
            var start = new StreamStart(known.isPresent() ? known : beginning.end(), recovered, beginning.loss());
            return Optional.of(membership.framed(words.started(start), answer));
        });
        if (due.decrementAndGet() > 0) {
            readLater();
        }
    }

    /** Who asks from the beginning asks for the epoch that there is; where there is none yet, it has missed nothing. */
    private Optional<StreamPosition> sinceOf(CatchUp wanted) {
        return wanted.isFromTheBeginning()
                ? history.top(membership.group()).top().map(top -> new StreamPosition(top.epoch(), 0))
                : wanted.since();
    }

    private KeptPage first(Optional<StreamPosition> since, Optional<Integer> latest) {
        if (since.isPresent()) {
            membership.startAfter(since.get());
            return history.after(membership.group(), since.get());
        }
        return latest.isPresent() ? history.latest(membership.group(), latest.get()) : top();
    }

    /** Where it is not known where the stream stands, that is told with what is kept first. */
    private KeptPage top() {
        try {
            return history.top(membership.group());
        } catch (StoreException e) {
            if (staysLocal) {
                return new KeptPage(List.of(), Optional.empty(), false, false);
            }
            throw e;
        }
    }

    /** A peer that asks again and again and reads nothing is told where its stream begins, and the rest when it has read that. */
    private KeptPage putOffIfMuchWaits(KeptPage page) {
        return !page.entries().isEmpty() && membership.channel().outbox().hasMuchHistory() ? page.putOff() : page;
    }

    private void tell(KeptPage page, Function<Beginning, Optional<Frame>> before) {
        Channel channel = membership.channel();
        membership.replay(
                new Page(page.gap(), page.more(), page.end()),
                beginning -> {
                    List<Frame> frames = new ArrayList<>(page.entries().size() + 1);
                    before.apply(beginning).ifPresent(frame -> addIfPassed(frame, frames));
                    for (KeptEntry entry : page.entries()) {
                        addIfPassed(entry.inTopic(channel.codec()), frames);
                    }
                    return frames;
                },
                this::pageLeft);
    }

    private void addIfPassed(Frame frame, List<Frame> frames) {
        Groups.addIfPassed(membership.channel(), frame, frames);
    }

    /** Told by the outbox, in the middle of a send. */
    private void pageLeft() {
        if (due.getAndIncrement() == 0) {
            readLater();
        }
    }

    private void readLater() {
        try {
            membership.channel().later(this::readOn);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    private void readOn() {
        try {
            do {
                Optional<StreamPosition> next = membership.nextPage();
                if (next.isPresent()) {
                    tell(
                            history.after(membership.group(), next.get()).portion(),
                            beginning -> beginning.loss().map(loss -> membership.framed(words.lost(loss))));
                }
            } while (due.decrementAndGet() > 0);
        } catch (RuntimeException | Error e) { // the peer has a position, and can come back for the rest
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        Channel channel = membership.channel();
        log.warn("{} could not be told all it missed in {}", channel, membership.group(), cause);
        leaving.accept(membership);
        channel.offer(membership.framed(words.broken()), channel.limits().policy());
        try {
            channel.tell(new StreamBroken(membership.group()));
        } catch (RejectedExecutionException e) { // by the executor that could not read on
            log.debug("{} cannot hear that its stream broke", channel, e);
        }
    }
}

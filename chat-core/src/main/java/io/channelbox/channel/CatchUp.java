package io.channelbox.channel;

import io.channelbox.history.HistoryQuery;
import io.channelbox.message.StreamPosition;
import java.util.Objects;
import java.util.Optional;

/**
 * What a channel that joins as a topic wants to be told before what is said from now on.
 *
 * @param since all that was kept after this position; offset 0 of the epoch "" is the beginning of whatever is kept, for one that
 *     was there before anything was
 * @param latest so many of the newest messages; where there is a position too, the position counts
 */
public record CatchUp(Optional<StreamPosition> since, Optional<Integer> latest) {

    /** Nothing: what is said from now on. */
    public static final CatchUp NOTHING = new CatchUp(Optional.empty(), Optional.empty());

    private static final StreamPosition BEGINNING = new StreamPosition("", 0);

    /** Refuses missing parts and a number that no page has. */
    public CatchUp {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(latest, "latest").ifPresent(HistoryQuery::latest);
    }

    /** Asks for all that was kept after a position. */
    public static CatchUp since(StreamPosition position) {
        return new CatchUp(Optional.of(Objects.requireNonNull(position, "position")), Optional.empty());
    }

    /** Asks for all there ever was, or to be told that some of it is gone. */
    public static CatchUp fromTheBeginning() {
        return since(BEGINNING);
    }

    /** Asks for so many of the newest messages. */
    public static CatchUp latest(int messages) {
        return new CatchUp(Optional.empty(), Optional.of(messages));
    }

    boolean isFromTheBeginning() {
        return since.filter(BEGINNING::equals).isPresent();
    }

    boolean isNothing() {
        return since.isEmpty() && latest.isEmpty();
    }
}

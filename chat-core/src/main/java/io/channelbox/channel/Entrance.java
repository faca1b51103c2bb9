package io.channelbox.channel;

import io.channelbox.auth.AuthResult;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Optional;

/** Who may open a channel now: nobody while too many come at once, none who is shut out, and nobody who has as many as one may have. */
final class Entrance {

    private static final CloseStatus TOO_MANY_CHANNELS = CloseStatus.RATE_LIMITED.because("too many connections");

    private final Optional<Arrivals> arrivals;
    private final Bans bans;
    private final UserChannels userChannels;
    private final Optional<Seats> seats; // where others count too

    Entrance(Optional<Arrivals> arrivals, Bans bans, UserChannels userChannels, Optional<Seats> seats) {
        this.arrivals = arrivals;
        this.bans = bans;
        this.userChannels = userChannels;
        this.seats = seats;
    }

    /** Counts one who has come. Returns why they are not let in now, and when to come again. */
    Optional<CloseStatus> refusal() {
        Duration away = arrivals.map(Arrivals::tryEnter).orElse(Duration.ZERO);
        return away.isZero() ? Optional.empty() : Optional.of(CloseStatus.OVERLOAD.retryIn(away));
    }

    /** Returns why a user may open no channel now, as far as this node knows. {@link #enter} looks again. */
    Optional<AuthResult.Rejected> refusal(UserId user) {
        if (bans.hold(user)) {
            return Optional.of(new AuthResult.Rejected(AuthResult.Reason.FORBIDDEN, Moderation.BANNED.reason()));
        }
        if (userChannels.isFullFor(user)) {
            return Optional.of(new AuthResult.Rejected(AuthResult.Reason.TOO_MANY, TOO_MANY_CHANNELS.reason()));
        }
        return Optional.empty();
    }

    /** First adds the channel and then looks for a ban: one that comes meanwhile finds the channel, or is found. */
    void enter(Channel channel) {
        boolean added = userChannels.add(channel);
        if (bans.hold(channel.user().id())) {
            userChannels.remove(channel);
            throw new CloseException(Moderation.BANNED);
        }
        if (!added || !takesSeat(channel)) {
            throw new CloseException(TOO_MANY_CHANNELS);
        }
    }

    private boolean takesSeat(Channel channel) {
        boolean taken = false;
        try {
            taken = seats.isEmpty() || seats.get().take(channel);
            return taken;
        } finally {
            if (!taken) {
                userChannels.remove(channel);
            }
        }
    }

    void leave(Channel channel) {
        userChannels.remove(channel);
        seats.ifPresent(counted -> counted.leave(channel));
    }
}

package io.channelbox.channel;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Signal;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Optional;

/**
 * Throwing users out, and shutting them out: of the box, or of a group. First on this node, and then on all others: what cannot be told to
 * them throws a {@link io.channelbox.message.StoreException}, and is done here all the same.
 */
final class Moderation {

    static final CloseStatus BANNED = CloseStatus.FORBIDDEN.because("banned");

    private final Bans bans;
    private final UserChannels userChannels;
    private final Groups groups;
    private final Optional<Cluster> cluster;

    Moderation(Bans bans, UserChannels userChannels, Groups groups, Optional<Cluster> cluster) {
        this.bans = bans;
        this.userChannels = userChannels;
        this.groups = groups;
        this.cluster = cluster;
    }

    int disconnect(UserId user, CloseStatus status) {
        int asked = disconnectHere(user, status);
        cluster.ifPresent(others -> others.tell(new Signal.Disconnect(user, status.code(), status.reason())));
        return asked;
    }

    int disconnectHere(UserId user, CloseStatus status) {
        Channel.checkSendable(status);
        return (int) userChannels.of(user).stream()
                .filter(channel -> channel.closeIfOpen(status))
                .count();
    }

    int kick(UserId user, GroupName group) {
        int kicked = kickHere(user, group);
        cluster.ifPresent(others -> others.tell(group, new Signal.Kick(group, user)));
        return kicked;
    }

    int kickHere(UserId user, GroupName group) {
        return groups.kick(userChannels.of(user), group);
    }

    int ban(UserId user, Duration time) {
        bans.add(user, time); // first, so that whoever opens a channel now sees it or is seen
        int asked = disconnectHere(user, BANNED);
        share(new Signal.Ban(user, Optional.empty(), time));
        return asked;
    }

    int ban(UserId user, GroupName group, Duration time) {
        bans.add(user, group, time); // first: who joins now sees it, or is seen
        int kicked = kickHere(user, group);
        share(new Signal.Ban(user, Optional.of(group), time));
        return kicked;
    }

    boolean unban(UserId user) {
        boolean held = bans.remove(user);
        share(new Signal.Ban(user, Optional.empty(), Duration.ZERO));
        return held;
    }

    boolean unban(UserId user, GroupName group) {
        boolean held = bans.remove(user, group);
        share(new Signal.Ban(user, Optional.of(group), Duration.ZERO));
        return held;
    }

    private void share(Signal.Ban ban) {
        cluster.ifPresent(others -> {
            others.ban(ban);
            bans.share(ban);
        });
    }

    /** Throws out whom another node has shut out, once that is known here, too. */
    void enforce(Signal.Ban ban) {
        if (!ban.time().isZero()) {
            ban.group().ifPresentOrElse(group -> kickHere(ban.user(), group), () -> disconnectHere(ban.user(), BANNED));
        }
    }

    boolean isBanned(UserId user) {
        return bans.hold(user);
    }

    boolean isBanned(UserId user, GroupName group) {
        return bans.hold(user, group);
    }
}

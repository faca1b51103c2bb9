package io.channelbox.limit;

import java.util.Objects;
import java.util.Optional;

/**
 * What one peer may take of what all share. Immutable: every method returns other limits.
 *
 * @param messagesPerChannel how often one connection is listened to
 * @param messagesPerUser how often one user is listened to, on all connections together
 * @param messagesPerGroup how often users may speak to one group, all together
 * @param joinsPerChannel how often one connection may join groups
 * @param groupsPerChannel how many groups one connection may be in at a time, its user's inbox not counted
 * @param channelsPerUser how many connections one user may have open at a time
 * @param arrivals how often connections are let in, all together
 * @param refusalsInARow how many messages in a row that come too fast are answered; the next one closes the connection
 */
public record Limits(
        Optional<Rate> messagesPerChannel,
        Optional<Rate> messagesPerUser,
        Optional<Rate> messagesPerGroup,
        Optional<Rate> joinsPerChannel,
        int groupsPerChannel,
        int channelsPerUser,
        Optional<Rate> arrivals,
        int refusalsInARow) {

    /** As many as there may be. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** No limits; where some are added, 50 refusals in a row are answered. */
    public static final Limits NONE = new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            UNLIMITED,
            UNLIMITED,
            Optional.empty(),
            50);

    /** Refuses numbers below 1. */
    public Limits {
        Objects.requireNonNull(messagesPerChannel, "messagesPerChannel");
        Objects.requireNonNull(messagesPerUser, "messagesPerUser");
        Objects.requireNonNull(messagesPerGroup, "messagesPerGroup");
        Objects.requireNonNull(joinsPerChannel, "joinsPerChannel");
        Objects.requireNonNull(arrivals, "arrivals");
        atLeastOne("groupsPerChannel", groupsPerChannel);
        atLeastOne("channelsPerUser", channelsPerUser);
        atLeastOne("refusalsInARow", refusalsInARow);
    }

    private static void atLeastOne(String what, int most) {
        if (most < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, was " + most + ". UNLIMITED is no limit.");
        }
    }

    /** Returns the same limits, and each connection is listened to this often. */
    public Limits withMessagesPerChannel(Rate rate) {
        return new Limits(
                Optional.of(Objects.requireNonNull(rate, "messagesPerChannel")),
                messagesPerUser,
                messagesPerGroup,
                joinsPerChannel,
                groupsPerChannel,
                channelsPerUser,
                arrivals,
                refusalsInARow);
    }

    /**
     * Returns the same limits, and each user is listened to this often, on all connections together. Where there are several nodes they
     * tell each other once a second who was heard more than a quarter of what is earned in a second, and take it off: so at once there
     * may be a burst on each node, and in the long run a quarter more for each further node.
     */
    public Limits withMessagesPerUser(Rate rate) {
        return new Limits(
                messagesPerChannel,
                Optional.of(Objects.requireNonNull(rate, "messagesPerUser")),
                messagesPerGroup,
                joinsPerChannel,
                groupsPerChannel,
                channelsPerUser,
                arrivals,
                refusalsInARow);
    }

    /** Returns the same limits, and users may speak to each group this often, all on this node together. */
    public Limits withMessagesPerGroup(Rate rate) {
        return new Limits(
                messagesPerChannel,
                messagesPerUser,
                Optional.of(Objects.requireNonNull(rate, "messagesPerGroup")),
                joinsPerChannel,
                groupsPerChannel,
                channelsPerUser,
                arrivals,
                refusalsInARow);
    }

    /** Returns the same limits, and each connection may join this often. */
    public Limits withJoinsPerChannel(Rate rate) {
        return new Limits(
                messagesPerChannel,
                messagesPerUser,
                messagesPerGroup,
                Optional.of(Objects.requireNonNull(rate, "joinsPerChannel")),
                groupsPerChannel,
                channelsPerUser,
                arrivals,
                refusalsInARow);
    }

    /** Returns the same limits, and each connection may be in this many groups. */
    public Limits withGroupsPerChannel(int most) {
        return new Limits(
                messagesPerChannel,
                messagesPerUser,
                messagesPerGroup,
                joinsPerChannel,
                most,
                channelsPerUser,
                arrivals,
                refusalsInARow);
    }

    /**
     * Returns the same limits, and each user may have this many connections open, on all nodes together. While the nodes cannot count them
     * together, each goes by its own count, and those that are opened then are never counted for the others.
     */
    public Limits withChannelsPerUser(int most) {
        return new Limits(
                messagesPerChannel,
                messagesPerUser,
                messagesPerGroup,
                joinsPerChannel,
                groupsPerChannel,
                most,
                arrivals,
                refusalsInARow);
    }

    /**
     * Returns the same limits, and connections to this node are let in this often, all together. Who comes too soon is told when to
     * come again, each at a time of its own: after a break of the network, say, clients come back at this rate and not all
     * at once.
     */
    public Limits withArrivals(Rate rate) {
        return new Limits(
                messagesPerChannel,
                messagesPerUser,
                messagesPerGroup,
                joinsPerChannel,
                groupsPerChannel,
                channelsPerUser,
                Optional.of(Objects.requireNonNull(rate, "arrivals")),
                refusalsInARow);
    }

    /** Returns the same limits, and this many refusals in a row are answered before the connection is closed. */
    public Limits withRefusalsInARow(int most) {
        return new Limits(
                messagesPerChannel,
                messagesPerUser,
                messagesPerGroup,
                joinsPerChannel,
                groupsPerChannel,
                channelsPerUser,
                arrivals,
                most);
    }
}

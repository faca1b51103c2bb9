package io.channelbox.containers;

/** What a container does that no adapter can make good. A subclass of the suite that names one says why. */
public enum Quirk {

    /** A peer that reads nothing keeps its TCP connection; the channel ends all the same. */
    KEEPS_STALLED_CONNECTIONS,

    /** A frame is collected whole before we are shown any of it, so the bound on memory is the container's. */
    COLLECTS_FRAMES,

    /** The threads that read may not wait: who sends faster than its consumer works is not slowed down but closed. */
    SLOWS_NOBODY_DOWN,

    /** When it stops it drops its connections instead of closing them with 1001. */
    DROPS_CONNECTIONS_ON_STOP,

    /** Encoded slashes and the like are refused before we see them. */
    REFUSES_ENCODED_SLASHES,

    /** A close without a code is reported as 1000, not 1005. */
    REPORTS_NO_STATUS_AS_NORMAL,

    /** It has no compression, as it is deployed here. */
    COMPRESSES_NOTHING,

    /** Now and then a peer's close is reported as 1006 instead of with the peer's code. */
    MAY_FORGET_THE_PEERS_CODE
}

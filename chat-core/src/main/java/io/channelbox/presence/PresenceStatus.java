package io.channelbox.presence;

import io.channelbox.message.PeerException;
import java.util.Locale;

/** How somebody can be reached. */
public enum PresenceStatus {
    /** Here, and active on at least one device; as what a user sets it means: decide by what my devices do. */
    ONLINE,
    /** Here, but not active: on no device for some time, or because the user says so. */
    AWAY,
    /** Here, and not to be disturbed: because the user says so. */
    BUSY,
    /** Not here. In rosters only. */
    OFFLINE;

    /** Returns the word for it on the wire, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the status that a peer may set by this word: {@code online}, {@code away} or {@code busy}.
     *
     * @throws PeerException with code {@code invalid} for any other
     */
    public static PresenceStatus of(String word) {
        for (PresenceStatus status : values()) {
            if (status != OFFLINE && status.word().equals(word)) {
                return status;
            }
        }
        throw PeerException.invalid("status must be online, away or busy");
    }
}

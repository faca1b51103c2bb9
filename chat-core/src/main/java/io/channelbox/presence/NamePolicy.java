package io.channelbox.presence;

/** What happens when two users come to a group by the same display name. Upper and lower case are the same, and a user's own devices are no conflict. */
public enum NamePolicy {
    /** Both are here. */
    ALLOW,
    /** The one who comes later is refused, with code {@value Presence#NAME_TAKEN}; a name stays taken for the grace time. */
    REJECT_NEW,
    /** The one who was here leaves: the channels are closed with 4409. */
    REPLACE_OLD
}

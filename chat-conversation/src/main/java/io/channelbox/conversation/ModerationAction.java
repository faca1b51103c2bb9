package io.channelbox.conversation;

/** What those who moderate do. */
public enum ModerationAction {
    /** Took somebody's voice, for a time or until it is given back. */
    MUTE,
    /** Gave somebody their voice back. */
    UNMUTE,
    /** Took somebody out. */
    KICK,
    /** Took somebody out, if they were there, and keeps them out. */
    BAN,
    /** Ended a ban. */
    UNBAN,
    /** Deleted what somebody else said. */
    DELETE,
    /** Set how long members wait between two messages. */
    SLOW_MODE,
    /** Let nobody but admins speak. */
    FREEZE,
    /** Let everybody speak again. */
    THAW,
    /** Settled a report as right. */
    RESOLVE,
    /** Settled a report as baseless. */
    DISMISS
}

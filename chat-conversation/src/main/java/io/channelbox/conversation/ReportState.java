package io.channelbox.conversation;

/** What became of a report. */
public enum ReportState {
    /** Nobody has decided. */
    OPEN,
    /** It was right, and was dealt with. */
    RESOLVED,
    /** There was nothing in it. */
    DISMISSED
}

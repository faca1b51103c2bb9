package io.channelbox.conversation;

/** Reaches people who are away: by e-mail, or push. */
@FunctionalInterface
public interface NotificationSink {

    /**
     * Notifies somebody. It is called by one thread at a time, in the order in which the messages of a conversation were kept, and may block: others wait behind
     * it, and no sender does. It is called at most once for each message and user, and once more when an edit mentions them. What it throws is logged and
     * counted, and not told again.
     */
    void send(Notification notification);
}

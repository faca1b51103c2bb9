package io.channelbox.conversation;

/** Hears what was changed. */
@FunctionalInterface
public interface ConversationListener {

    /**
     * Something was changed, and is kept. What happens in one conversation is told one after the other, in the order in which it was
     * kept, by the thread that changed it and before its call returns; what happens in several, at the same time. It should
     * be quick, and change nothing itself. What it throws is logged.
     */
    void onEvent(ConversationEvent event);
}

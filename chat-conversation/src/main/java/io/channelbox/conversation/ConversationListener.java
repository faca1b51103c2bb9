package io.channelbox.conversation;

/** Hears what was changed. */
@FunctionalInterface
public interface ConversationListener {

    /**
     * Something was changed, and is kept. What happens in one conversation is told one after the other, in the order in which it was
     * kept, by the thread that changed it and before its call returns; what happens in several, at the same time. Where several programs share a store, each
     * tells what it has changed itself, and nothing is said of the order between them. It should be quick, and change nothing itself: two that do, each in the
     * other's conversation, wait for each other for ever. What it throws is logged.
     */
    void onEvent(ConversationEvent event);
}

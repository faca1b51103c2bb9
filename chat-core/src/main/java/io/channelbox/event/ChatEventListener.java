package io.channelbox.event;

/** Hears what happens in a box. */
@FunctionalInterface
public interface ChatEventListener {

    /**
     * Notes an event. It is called on the thread that caused it, often in the middle of a broadcast and by several threads
     * at once, whose events may come in another order than they happened: note, do not act. What it throws is logged and otherwise ignored.
     */
    void onEvent(ChatEvent event);
}

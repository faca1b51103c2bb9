package io.channelbox.conversation.realtime;

import io.channelbox.conversation.ConversationEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done with each kind of event. Filled when it is made, and then only read. */
final class EventTable {

    private final Map<Class<?>, Consumer<ConversationEvent>> work = new HashMap<>();

    <E extends ConversationEvent> EventTable on(Class<E> type, Consumer<? super E> doing) {
        work.put(type, event -> doing.accept(type.cast(event)));
        return this;
    }

    /** Tells whether something is done with events of this kind. */
    boolean knows(Class<?> type) {
        return work.containsKey(type);
    }

    void accept(ConversationEvent event) {
        Optional.ofNullable(work.get(event.getClass())).ifPresent(doing -> doing.accept(event));
    }
}

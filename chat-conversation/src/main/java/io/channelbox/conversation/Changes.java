package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores first, then tells. What happens in one conversation is told in the order in which it was stored. */
final class Changes {

    private static final Logger log = LoggerFactory.getLogger(Changes.class);
    private static final int LOCKS = 256;

    private final ConversationStore store;
    private final List<ConversationListener> listeners;
    private final InstantSource clock;

    /** Each for many conversations. Held while one is changed and listeners are told, which keeps both in the same order. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    Changes(ConversationStore store, List<ConversationListener> listeners, InstantSource clock) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /**
     * Changes a conversation that there is.
     *
     * @throws NotAllowedException when there is none
     */
    <T> T of(ConversationId id, Function<Change, T> work) {
        return in(
                id,
                (writer, telling) -> work.apply(new Change(
                        writer, writer.lock(id).orElseThrow(NotAllowedException::new), clock.instant(), telling)));
    }

    /** Makes a conversation with a new id. */
    <T> T ofNew(Function<Beginning, T> work) {
        ConversationId id = store.write(ConversationWriter::newConversationId);
        return in(id, (writer, telling) -> work.apply(new Beginning(writer, id, clock.instant(), telling)));
    }

    private <T> T in(ConversationId id, BiFunction<ConversationWriter, Consumer<ConversationEvent>, T> work) {
        ReentrantLock lock = locks.get(Long.hashCode(id.value()) & (LOCKS - 1));
        lock.lock();
        try {
            var events = new ArrayList<ConversationEvent>();
            T answer = store.write(writer -> {
                events.clear(); // of an attempt that came to nothing
                return work.apply(writer, events::add);
            });
            events.forEach(this::tell);
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void tell(ConversationEvent event) {
        for (ConversationListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | Error e) {
                log.error("A listener failed with {} in conversation {}", event.getClass(), event.conversation(), e);
            }
        }
    }
}

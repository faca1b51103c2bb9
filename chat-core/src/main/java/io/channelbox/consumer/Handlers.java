package io.channelbox.consumer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TypedConsumer} answers: a table from the type of a message to the method that handles it. Tables compose:
 * call {@code super.handlers(on)}, or the default method of an interface, and add to what it has registered.
 *
 * @param <M> what all inbound messages have in common
 */
public final class Handlers<M> {

    /** What a message or event leads to: now, or later. */
    private interface Action {
        Object run(Object message);
    }

    private record Entry(
            Class<?> type, Action action, @Nullable String place) {

        boolean handles(Object message) {
            return type.isInstance(message);
        }
    }

    private final boolean notesPlaces;
    private final List<Entry> messages = new ArrayList<>(4);
    private final List<Entry> events = new ArrayList<>(0);
    private final Set<Class<?>> sent = new LinkedHashSet<>(0);

    Handlers(boolean notesPlaces) {
        this.notesPlaces = notesPlaces;
    }

    /** Handles messages of a type, or of all types of a sealed interface. Nothing is answered but what the handler sends; a ref is acknowledged. */
    public <T extends M> Handlers<M> on(Class<T> type, Consumer<? super T> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(messages, type, message -> {
            handler.accept(type.cast(message));
            return Reply.nothing();
        });
    }

    /**
     * Handles messages of a type and answers what the handler returns: an object, a {@link Reply} of any number, or a
     * {@link io.channelbox.channel.BroadcastResult}, which acknowledges a ref with the id and position of what was said.
     */
    public <T extends M> Handlers<M> answer(Class<T> type, Function<? super T, ?> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(messages, type, message -> returned(handler.apply(type.cast(message)), type));
    }

    /**
     * Like {@link #answer}, for a handler that does not block: the next frame of this peer is handled when the stage is complete.
     * A stage that fails is treated as a handler that throws.
     */
    public <T extends M> Handlers<M> answerLater(
            Class<T> type, Function<? super T, ? extends CompletionStage<?>> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(messages, type, message -> returned(handler.apply(type.cast(message)), type));
    }

    /** Handles events of a type; the peer is told what the handler sends. */
    public <E> Handlers<M> onEvent(Class<E> type, Consumer<? super E> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(events, type, event -> {
            handler.accept(type.cast(event));
            return Reply.nothing();
        });
    }

    /** Handles events of a type; the peer is sent what the handler returns, an object or a {@link Reply}. */
    public <E> Handlers<M> answerEvent(Class<E> type, Function<? super E, ?> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(events, type, event -> returned(handler.apply(type.cast(event)), type));
    }

    /** Says what the peer is sent, for the protocol's description: records, or sealed interfaces of them. */
    public Handlers<M> sends(Class<?>... types) {
        sent.addAll(List.of(types));
        return this;
    }

    private static Object returned(@Nullable Object value, Class<?> type) {
        return Objects.requireNonNull(
                value,
                () -> "the handler of " + type.getName()
                        + " returned null. Return Reply.nothing(), or register it with on(...)");
    }

    private Handlers<M> add(List<Entry> entries, Class<?> type, Action action) {
        Objects.requireNonNull(type, "type");
        entries.add(new Entry(type, action, notesPlaces ? placeOfCaller() : null));
        return this;
    }

    /** Runs the handler of a message; empty when there is none. */
    Optional<Object> handle(Object message) {
        return run(messages, message);
    }

    /** Runs the handler of an event; empty when there is none. */
    Optional<Object> handleEvent(Object event) {
        return run(events, event);
    }

    private static Optional<Object> run(List<Entry> entries, Object message) {
        for (Entry entry : entries) {
            if (entry.handles(message)) {
                return Optional.of(entry.action.run(message));
            }
        }
        return Optional.empty();
    }

    boolean hasEvents() {
        return !events.isEmpty();
    }

    Set<Class<?>> sent() {
        return sent;
    }

    /** Throws when something is wrong with this table as a whole. */
    void refuseFaults(Class<?> owner, Iterable<Class<?>> expected) {
        List<String> faults = faults(expected);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(owner.getName() + ": " + String.join("; ", faults));
        }
    }

    private List<String> faults(Iterable<Class<?>> expected) {
        List<String> faults = new ArrayList<>();
        noteDoubled(messages, faults);
        noteDoubled(events, faults);
        for (Class<?> type : expected) {
            if (messages.stream().noneMatch(entry -> entry.type.isAssignableFrom(type))) {
                faults.add("nothing handles " + type.getName() + ". Add on(" + type.getSimpleName()
                        + ".class, this::...)");
            }
        }
        return faults;
    }

    private static void noteDoubled(List<Entry> entries, List<String> faults) {
        for (int i = 0; i < entries.size(); i++) {
            for (int j = 0; j < i; j++) {
                Entry one = entries.get(j);
                Entry other = entries.get(i);
                if (one.type.isAssignableFrom(other.type) || other.type.isAssignableFrom(one.type)) {
                    faults.add(
                            narrower(one, other).getName() + " is handled twice: " + one.place + " and " + other.place);
                }
            }
        }
    }

    private static Class<?> narrower(Entry one, Entry other) {
        return one.type.isAssignableFrom(other.type) ? other.type : one.type;
    }

    private static String placeOfCaller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Handlers.class.getName()))
                        .findFirst())
                .map(frame -> "at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .orElse("somewhere");
    }
}

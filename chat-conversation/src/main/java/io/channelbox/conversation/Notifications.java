package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a {@link NotificationSink} of messages and mentions, for people who are away, did not read them meanwhile, have not blocked the author, and have not muted the
 * notifications of the conversation, which a mention by name gets through. It does so on an executor of the application, behind a bounded
 * queue: nobody who speaks waits for it, and what does not fit is dropped and counted. What is dropped, or lost with the process, is
 * still unread: see {@link Conversations#digest}.
 *
 * <pre>{@code
 * Notifications notifications = Notifications.to(mailer, store, executor)
 *     .awayWhen(user -> !presence.isOnline(user))
 *     .build();
 * var conversations = Conversations.in(store).listener(notifications).build();
 * }</pre>
 */
public final class Notifications implements ConversationListener {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final int AT_ONCE = 200;

    private final NotificationSink sink;
    private final ConversationStore store;
    private final Executor executor;
    private final Predicate<UserId> away;
    private final int capacity;
    private final InstantSource clock;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    // Guarded by this.
    private final Queue<Occasion> waiting = new ArrayDeque<>();
    private boolean working;

    private Notifications(Builder builder) {
        this.sink = builder.sink;
        this.store = builder.store;
        this.executor = builder.executor;
        this.away = builder.away;
        this.capacity = builder.capacity;
        this.clock = builder.clock;
    }

    /** Begins the building of notifications that go there, of what is kept in this store. One piece of work at a time is given to the executor. */
    public static Builder to(NotificationSink sink, ConversationStore store, Executor executor) {
        return new Builder(sink, store, executor);
    }

    /** Builds {@link Notifications}. */
    public static final class Builder {

        private final NotificationSink sink;
        private final ConversationStore store;
        private final Executor executor;
        private Predicate<UserId> away = user -> true;
        private int capacity = 10_000;
        private InstantSource clock = Clock.systemUTC();

        private Builder(NotificationSink sink, ConversationStore store, Executor executor) {
            this.sink = Objects.requireNonNull(sink, "sink");
            this.store = Objects.requireNonNull(store, "store");
            this.executor = Objects.requireNonNull(executor, "executor");
        }

        /** Asks this who is away, when a message is told; on the executor. Without it everybody is, and so is who it throws for: a presence that cannot be reached keeps nothing back. */
        public Builder awayWhen(Predicate<UserId> isAway) {
            this.away = Objects.requireNonNull(isAway, "isAway");
            return this;
        }

        /** Lets this many messages wait, instead of 10,000. */
        public Builder capacity(int messages) {
            if (messages < 1) {
                throw new IllegalArgumentException("capacity must be at least 1, was " + messages);
            }
            this.capacity = messages;
            return this;
        }

        /** Takes the time from this clock, instead of the system's. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Returns the notifications. */
        public Notifications build() {
            return new Notifications(this);
        }
    }

    /** Returns how many messages were not told, since too many waited or the executor took no more. */
    public long dropped() {
        return dropped.get();
    }

    /** Returns how many notifications or messages the sink or the store failed with. */
    public long failed() {
        return failed.get();
    }

    @Override
    public void onEvent(ConversationEvent event) {
        if (event instanceof ConversationEvent.MessageSent sent) {
            offer(new Occasion(sent.message().id(), Optional.empty()));
        } else if (event instanceof ConversationEvent.Mentioned mentioned) {
            offer(new Occasion(mentioned.message().id(), Optional.of(mentioned.added())));
        }
    }

    private void offer(Occasion occasion) {
        synchronized (this) {
            if (waiting.size() >= capacity) {
                dropped.incrementAndGet();
                return;
            }
            waiting.add(occasion);
            if (working) {
                return;
            }
            working = true;
        }
        begin();
    }

    private void begin() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            log.warn("The executor takes no notifications", e);
            dropWhatWaits();
        }
    }

    private synchronized void dropWhatWaits() {
        dropped.addAndGet(waiting.size());
        waiting.clear();
        working = false;
    }

    private void work() {
        for (Optional<Occasion> next = next(); next.isPresent(); next = next()) {
            tell(next.get());
        }
    }

    private synchronized Optional<Occasion> next() {
        Optional<Occasion> next = Optional.ofNullable(waiting.poll());
        working = next.isPresent();
        return next;
    }

    private void tell(Occasion occasion) {
        try {
            List<Recipient> some = tellSome(occasion, 0);
            while (some.size() == AT_ONCE) {
                some = tellSome(
                        occasion, some.get(some.size() - 1).participant().number());
            }
        } catch (RuntimeException | Error e) {
            failed.incrementAndGet();
            log.error("Nobody else was notified of message {}", occasion.message(), e);
        }
    }

    /** What is to be told of, as it is kept now, and some of those to whom. */
    private record Found(Conversation conversation, ChatMessage message, List<Recipient> recipients) {}

    /** Returns those who were looked at: nobody when the message was deleted. */
    private List<Recipient> tellSome(Occasion occasion, long afterNumber) {
        Optional<Found> found = store.read(kept -> kept.message(occasion.message())
                .filter(message -> !message.isDeleted())
                .flatMap(message -> kept.conversation(message.conversation())
                        .map(conversation -> new Found(
                                conversation,
                                message,
                                kept.settings()
                                        .recipients(conversation.id(), message.author(), afterNumber, AT_ONCE)))));
        found.ifPresent(now -> now.recipients()
                .forEach(recipient -> occasion.reasonFor(recipient, now.message(), clock.instant())
                        .ifPresent(reason -> send(new Notification(
                                recipient.participant().user(), reason, now.conversation(), now.message())))));
        return found.map(Found::recipients).orElse(List.of());
    }

    private void send(Notification notification) {
        try {
            if (isAway(notification.user())) {
                sink.send(notification);
            }
        } catch (RuntimeException | Error e) {
            failed.incrementAndGet();
            log.warn(
                    "{} was not notified of message {}",
                    notification.user(),
                    notification.message().id(),
                    e);
        }
    }

    /** Of whom it cannot be known, better one notification too many than one too few. */
    private boolean isAway(UserId user) {
        try {
            return away.test(user);
        } catch (RuntimeException e) {
            log.warn("Whether {} is away cannot be known, so they are notified", user, e);
            return true;
        }
    }
}

package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What an operator's jobs do in conversations, whoever is in them: nobody is asked whether they may. Call it from a scheduler of
 * yours, on as many nodes as you like.
 *
 * <p>A job goes through all conversations, changes one at a time, in steps of up to 100 messages, and blocks its thread meanwhile. When that thread is
 * interrupted it returns early, still interrupted; whatever stopped a job, the next one goes on with what is left.
 */
public final class Upkeep {

    private static final int AT_ONCE = 100;
    private static final int LONGEST_PERIOD = 366;

    private final ConversationStore store;
    private final Changes changes;
    private final InstantSource clock;

    Upkeep(ConversationStore store, Changes changes, InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Takes messages away for good that are older than this; empty keeps them for ever. One that a younger message answers stays as a deleted one, until that
     * is taken away, too. Nobody has anything unread up to the last one that was taken. Returns how many were taken.
     */
    public long expire(Function<Conversation, Optional<Duration>> keptFor) {
        Objects.requireNonNull(keptFor, "keptFor");
        return forEach(conversation -> keptFor.apply(conversation)
                .map(age -> expire(conversation.id(), clock.instant().minus(positive("keptFor", age))))
                .orElse(0L));
    }

    private long expire(ConversationId id, Instant before) {
        long all = 0;
        int some = AT_ONCE;
        while (some == AT_ONCE && !Thread.currentThread().isInterrupted()) {
            List<ChatMessage> old = store.read(kept -> kept.upkeep().oldest(id, before, AT_ONCE));
            some = old.isEmpty() ? 0 : changes.of(id, change -> remove(change, before));
            all += some;
        }
        return all;
    }

    private static int remove(Change change, Instant before) {
        List<ChatMessage> old = change.store().upkeep().oldest(change.id(), before, AT_ONCE);
        for (int i = old.size() - 1; i >= 0; i--) { // answers go before what they answer
            change.store().upkeep().forgetAuthorOf(old.get(i).id());
            if (!change.store().upkeep().remove(old.get(i))) {
                change.store().pins().remove(old.get(i).id());
                change.store().update(old.get(i).deleted(change.now()));
            }
        }
        old.stream()
                .mapToLong(ChatMessage::sequence)
                .max()
                .ifPresent(last -> change.store().upkeep().readByAll(change.id(), last));
        change.removed(old);
        return old.size();
    }

    /** Archives groups in which nothing was said or changed for so long; empty never does. Told as done by this user. Returns how many. */
    public long archive(Function<Conversation, Optional<Duration>> silentFor, UserId by) {
        Objects.requireNonNull(silentFor, "silentFor");
        Objects.requireNonNull(by, "by");
        return forEach(conversation -> conversation.isDirect() || !conversation.active()
                ? 0
                : silentFor
                        .apply(conversation)
                        .map(time -> archive(conversation.id(), positive("silentFor", time), by))
                        .orElse(0L));
    }

    private long archive(ConversationId id, Duration silentFor, UserId by) {
        Instant before = clock.instant().minus(silentFor);
        if (store.read(kept -> kept.conversation(id))
                .filter(found -> isSilent(found, before))
                .isEmpty()) {
            return 0;
        }
        return changes.of(id, change -> {
            if (!isSilent(change.conversation(), before)) {
                return 0L;
            }
            change.replace(change.conversation().active(false, change.now()), by);
            return 1L;
        });
    }

    private static boolean isSilent(Conversation conversation, Instant before) {
        return conversation.active()
                && conversation.lastMessageAt().isBefore(before)
                && conversation.updatedAt().isBefore(before); // who takes a group up again wants to speak there
    }

    private long forEach(ToLongFunction<Conversation> job) {
        long sum = 0;
        List<Conversation> some = conversations(Optional.empty());
        while (!some.isEmpty()) {
            for (Conversation each : some) {
                if (Thread.currentThread().isInterrupted()) {
                    return sum;
                }
                sum += job.applyAsLong(each);
            }
            some = conversations(Optional.of(some.get(some.size() - 1).id()));
        }
        return sum;
    }

    private List<Conversation> conversations(Optional<ConversationId> after) {
        return store.read(kept -> kept.upkeep().conversations(after, AT_ONCE));
    }

    private static Duration positive(String place, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(place + " must be longer than nothing, was " + time);
        }
        return time;
    }

    /** Returns what was said in all conversations, by day of UTC, both days included, up to 366; days on which nothing was said are left out. */
    public List<DayActivity> activity(LocalDate first, LocalDate last) {
        return store.read(kept -> activity(kept, Optional.empty(), first, last));
    }

    /** Returns how many people said something on these days of UTC, both included. */
    public long activeUsers(LocalDate first, LocalDate last) {
        requirePeriod(first, last);
        return store.read(kept -> kept.upkeep().authorsBetween(beginOf(first), beginOf(last.plusDays(1))));
    }

    static List<DayActivity> activity(
            ConversationReader kept, Optional<ConversationId> conversation, LocalDate first, LocalDate last) {
        requirePeriod(first, last);
        return kept.upkeep().activity(conversation, beginOf(first), beginOf(last.plusDays(1)));
    }

    /** Refuses days that do not follow each other, are too many, or so far away that no store could hold their times. */
    private static void requirePeriod(LocalDate first, LocalDate last) {
        if (first.getYear() < 1970 || last.getYear() > 2200) {
            throw Texts.refusal("first", "must be in the years 1970 to 2200");
        }
        if (last.isBefore(first)) {
            throw Texts.refusal("last", "must not be before the first day");
        }
        if (last.isAfter(first.plusDays(LONGEST_PERIOD - 1))) {
            throw Texts.refusal("last", "must be within " + LONGEST_PERIOD + " days of the first");
        }
    }

    private static Instant beginOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

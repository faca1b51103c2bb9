package io.channelbox.conversation;

import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What {@link InMemoryConversationStore} keeps of moderation, and is guarded by it. */
final class InMemoryModeration {

    private record Place(ConversationId conversation, UserId user) {}

    private final Map<Place, Ban> bans = new HashMap<>();
    private final Map<Place, Mute> mutes = new HashMap<>();
    private final Map<Place, Instant> lastSaid = new HashMap<>();
    private final TreeMap<Long, Report> reports = new TreeMap<>();
    private final TreeMap<Long, AuditEntry> audit = new TreeMap<>();
    private long numbers;

    /** Returns what changes it for work in this transaction, which undoes it by these steps, the last one first. */
    ModerationWriter in(ConversationReader transaction, Consumer<Runnable> undoing) {
        return new Transaction(transaction, undoing);
    }

    void removeReportsOf(ChatMessageId message, Undoing undoing) {
        reports.values().stream()
                .filter(each -> each.message().equals(message))
                .toList()
                .forEach(each -> undoing.remove(reports, each.number()));
    }

    List<Report> reportedBy(UserId user, OptionalLong after, int limit) {
        return reports.tailMap(after.orElse(0), false).values().stream()
                .filter(each -> each.by().equals(user))
                .limit(limit)
                .toList();
    }

    /** Puts another name in the place of this one, and ends the bans of it. */
    void forget(UserId user, UserId nobody, Undoing undoing) {
        List<Place> theirs = Stream.of(bans.keySet(), mutes.keySet(), lastSaid.keySet())
                .flatMap(Set::stream)
                .filter(place -> place.user().equals(user))
                .toList();
        theirs.forEach(place -> undoing.remove(bans, place));
        theirs.forEach(place -> undoing.remove(mutes, place));
        theirs.forEach(place -> undoing.remove(lastSaid, place));
        Map.copyOf(bans).forEach((place, ban) -> {
            if (ban.by().equals(user)) {
                undoing.put(bans, place, ban.by(nobody));
            }
        });
        List.copyOf(reports.values())
                .forEach(each -> undoing.put(reports, each.number(), each.forgetting(user, nobody)));
        List.copyOf(audit.values()).forEach(each -> undoing.put(audit, each.number(), each.forgetting(user, nobody)));
    }

    private static <T> List<T> page(NavigableMap<Long, T> all, OptionalLong before, int limit, Predicate<T> which) {
        NavigableMap<Long, T> below = before.isPresent() ? all.headMap(before.getAsLong(), false) : all;
        return below.descendingMap().values().stream()
                .filter(which)
                .limit(limit)
                .toList();
    }

    private final class Transaction implements ModerationWriter {

        private final ConversationReader transaction;
        private final Consumer<Runnable> undoing;

        Transaction(ConversationReader transaction, Consumer<Runnable> undoing) {
            this.transaction = transaction;
            this.undoing = undoing;
        }

        @Override
        public Optional<Ban> ban(ConversationId conversation, UserId user) {
            return Optional.ofNullable(bans.get(new Place(conversation, user)));
        }

        @Override
        public List<Ban> bans(ConversationId conversation, OptionalLong before, int limit) {
            var byNumber = new TreeMap<Long, Ban>();
            bans.values().forEach(ban -> byNumber.put(ban.number(), ban));
            return page(byNumber, before, limit, ban -> ban.conversation().equals(conversation));
        }

        @Override
        public Optional<Mute> mute(ConversationId conversation, UserId user) {
            return Optional.ofNullable(mutes.get(new Place(conversation, user)));
        }

        @Override
        public Optional<Instant> lastSaid(ConversationId conversation, UserId user) {
            return Optional.ofNullable(lastSaid.get(new Place(conversation, user)));
        }

        @Override
        public Optional<Report> report(long number) {
            return Optional.ofNullable(reports.get(number));
        }

        @Override
        public Optional<Report> report(ChatMessageId message, UserId by) {
            return reports.values().stream()
                    .filter(each -> each.message().equals(message) && each.by().equals(by))
                    .findFirst();
        }

        @Override
        public boolean isReported(ChatMessageId message) {
            return reports.values().stream().anyMatch(each -> each.message().equals(message));
        }

        @Override
        public List<Report> openReports(OptionalLong before, int limit) {
            return page(reports, before, limit, each -> each.state() == ReportState.OPEN);
        }

        @Override
        public List<Report> openReports(
                ConversationId conversation, Optional<Role> above, OptionalLong before, int limit) {
            return page(
                    reports,
                    before,
                    limit,
                    each -> each.state() == ReportState.OPEN
                            && each.conversation().equals(conversation)
                            && above.map(role -> role.isAbove(each.authorRole()))
                                    .orElse(true));
        }

        @Override
        public List<AuditEntry> audit(OptionalLong before, int limit) {
            return page(audit, before, limit, each -> true);
        }

        @Override
        public List<AuditEntry> audit(ConversationId conversation, OptionalLong before, int limit) {
            return page(audit, before, limit, each -> each.conversation().equals(conversation));
        }

        @Override
        public long newModerationNumber() {
            return ++numbers;
        }

        @Override
        public void keep(Ban ban) {
            requireConversation(ban.conversation());
            replace(bans, new Place(ban.conversation(), ban.user()), Optional.of(ban));
        }

        @Override
        public boolean unban(ConversationId conversation, UserId user) {
            return replace(bans, new Place(conversation, user), Optional.empty());
        }

        @Override
        public void keep(Mute mute) {
            requireConversation(mute.conversation());
            replace(mutes, new Place(mute.conversation(), mute.user()), Optional.of(mute));
        }

        @Override
        public boolean forgetMute(ConversationId conversation, UserId user) {
            return replace(mutes, new Place(conversation, user), Optional.empty());
        }

        @Override
        public void said(ConversationId conversation, UserId user, Instant time) {
            requireConversation(conversation);
            replace(lastSaid, new Place(conversation, user), Optional.of(time));
        }

        @Override
        public void add(Report report) {
            boolean fits = transaction
                    .message(report.message())
                    .filter(message -> message.conversation().equals(report.conversation()))
                    .isPresent();
            if (!fits
                    || report(report.message(), report.by()).isPresent()
                    || report(report.number()).isPresent()) {
                throw refusal("Report " + report.number() + " of message " + report.message() + " cannot be kept");
            }
            replace(reports, report.number(), Optional.of(report));
        }

        @Override
        public void update(Report report) {
            if (report(report.number()).isEmpty()) {
                throw refusal("There is no report " + report.number());
            }
            replace(reports, report.number(), Optional.of(report));
        }

        @Override
        public void add(AuditEntry entry) {
            requireConversation(entry.conversation());
            if (audit.containsKey(entry.number())) {
                throw refusal("There is an audit entry " + entry.number());
            }
            replace(audit, entry.number(), Optional.of(entry));
        }

        /** Keeps this instead of what there was, or nothing. Answers whether there was something. */
        private <K, V> boolean replace(Map<K, V> all, K key, Optional<V> now) {
            Optional<V> earlier = Optional.ofNullable(all.get(key));
            put(all, key, now);
            undoing.accept(() -> put(all, key, earlier));
            return earlier.isPresent();
        }

        private static <K, V> void put(Map<K, V> all, K key, Optional<V> value) {
            value.ifPresentOrElse(some -> all.put(key, some), () -> all.remove(key));
        }

        private void requireConversation(ConversationId id) {
            if (transaction.conversation(id).isEmpty()) {
                throw refusal("There is no conversation " + id);
            }
        }

        private static StoreException refusal(String text) {
            return new StoreException(text, new IllegalStateException(text));
        }
    }
}

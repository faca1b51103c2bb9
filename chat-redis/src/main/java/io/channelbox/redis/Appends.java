package io.channelbox.redis;

import io.channelbox.broker.PublishResult.Reason;
import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The script that keeps and passes on messages of a group, many in one step. */
final class Appends {

    private static final Script APPEND = Script.of("stream.lua", "append.lua");

    private final RedisLink link;

    Appends(RedisLink link) {
        this.link = link;
    }

    /** One message of those that go together. */
    @SuppressWarnings("ArrayRecordComponent") // bytes that pass through, and are never compared
    record Entry(Outgoing outgoing, byte[] sentAt) {
        /** Returns an entry that is as old as its coming to Redis. */
        static Entry now(Outgoing outgoing) {
            return new Entry(outgoing, Bytes.NONE);
        }
    }

    /** What became of one message: an outcome, or why it was refused by Redis. */
    record Answer(Optional<Outcome> outcome, String refusal) {
        Outcome orThrow() {
            return outcome.orElseThrow(() -> new StoreException(Failures.refusal("Publishing", refusal)));
        }
    }

    /**
     * Appends and publishes.
     *
     * @param channel where; empty for nowhere
     * @param now the time; empty for that of Redis
     */
    CompletionStage<List<Answer>> append(GroupName group, List<Entry> entries, byte[] channel, byte[] now) {
        return link.run(APPEND, keys(group), args(entries, channel, now)).thenApply(raw -> {
            link.foreign().met(group, Bytes.number(raw.get(1)));
            return answers(raw);
        });
    }

    private List<byte[]> keys(GroupName group) {
        Keys keys = link.keys();
        return List.of(
                keys.of("stream", group),
                keys.of("meta", group),
                keys.of("rules", group),
                keys.of("seen", group),
                keys.of("muted", group),
                keys.of("spoken", group));
    }

    static String newEpoch() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static List<byte[]> args(List<Entry> entries, byte[] channel, byte[] now) {
        List<byte[]> args = new ArrayList<>(6 + 8 * entries.size());
        Retention retention = entries.stream()
                .flatMap(entry -> entry.outgoing().keep().stream())
                .map(Keep::retention)
                .findFirst()
                .orElse(Retention.DEFAULT);
        args.add(Bytes.of(newEpoch()));
        args.add(channel);
        args.add(Bytes.of(retention.count()));
        args.add(Bytes.of(retention.bytes()));
        args.add(Bytes.of(retention.age()));
        args.add(now);
        entries.forEach(entry -> addTo(args, entry));
        return args;
    }

    private static void addTo(List<byte[]> args, Entry entry) {
        Outgoing outgoing = entry.outgoing();
        args.add(Bytes.of(outgoing.keep().isPresent()));
        args.add(Bytes.of(outgoing.ruled()));
        args.add(outgoing.sender().map(user -> Bytes.of(user.value())).orElse(Bytes.NONE));
        args.add(outgoing.key().map(Bytes::of).orElse(Bytes.NONE));
        args.add(Bytes.of(outgoing.message().toString()));
        args.add(Bytes.of(outgoing.keep().map(Keep::bytes).orElse(0)));
        args.add(entry.sentAt());
        args.add(outgoing.envelope());
    }

    private static List<Answer> answers(List<Object> raw) {
        String epoch = Bytes.text(raw.get(0));
        return raw.stream()
                .skip(2)
                .map(answer -> answer(epoch, Bytes.text(answer)))
                .toList();
    }

    private static Answer answer(String epoch, String text) {
        String rest = text.substring(1);
        return switch (text.charAt(0)) {
            case 'K' -> known(new Outcome.Kept(new StreamPosition(epoch, Long.parseLong(rest))));
            case 'T' -> known(new Outcome.Told());
            case 'R' -> known(repeated(rest.split(" ")));
            case 'F' -> known(new Outcome.Refused(Reason.FROZEN, Optional.empty()));
            case 'M' -> known(new Outcome.Refused(Reason.MUTED, millis(rest)));
            case 'S' -> known(new Outcome.Refused(Reason.SLOW_MODE, millis(rest)));
            default -> new Answer(Optional.empty(), rest);
        };
    }

    private static Answer known(Outcome outcome) {
        return new Answer(Optional.of(outcome), "");
    }

    /** A message id, and of what was kept the id of the entry and the epoch. */
    private static Outcome repeated(String[] words) {
        return new Outcome.Repeated(
                MessageId.of(words[0]),
                words.length == 1
                        ? Optional.empty()
                        : Optional.of(new StreamPosition(
                                words[2], Long.parseLong(words[1].substring(0, words[1].indexOf('-'))))));
    }

    private static Optional<Duration> millis(String text) {
        return Optional.of(Duration.ofMillis(Long.parseLong(text)));
    }
}

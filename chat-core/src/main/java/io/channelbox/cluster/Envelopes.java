package io.channelbox.cluster;

import io.channelbox.broker.Audience;
import io.channelbox.broker.Author;
import io.channelbox.broker.Delivery;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Content;
import io.channelbox.codec.JsonCodec;
import io.channelbox.history.Retention;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.UserId;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Publications as bytes, as they pass between nodes and are kept: a version, then fields with tags. A node passes over tags that it does
 * not know, and does without those that are missing, so that nodes of two releases understand each other; only what must not be
 * passed over takes a new version. The group and the position are told beside them.
 */
public final class Envelopes {

    static final int VERSION = 1;

    private static final JsonCodec<Object> PLAIN = JsonCodec.of(Object.class);

    // The tags. One that was given out is never used for something else.
    private static final int ID = 1;
    private static final int SENT_AT = 2;
    private static final int FORMAT = 3;
    private static final int TEXT = 4;
    private static final int BINARY = 5;
    private static final int KIND = 6;
    private static final int SENDER = 7;
    private static final int KEY = 8;
    private static final int NODE = 9;
    private static final int KEPT = 10;
    private static final int EXCEPT_CHANNEL = 11;
    private static final int EXCEPT_USER = 12;
    private static final int AUTHOR_CHANNEL = 13;
    private static final int AUTHOR_USER = 14;
    private static final int TO_CONSUMERS = 15;
    private static final int DELIVERY = 16;
    private static final int STATE_KEY = 17;
    private static final int HERE_ONLY = 18;
    private static final int GROUPS = 19;
    private static final int ONLY_FORMAT = 20;

    private Envelopes() {}

    /**
     * A publication that came as bytes.
     *
     * @param node where it was said
     * @param hereOnly whether only members on that node may be told, by a condition that does not travel
     */
    record Carried(Publication publication, String node, boolean hereOnly) {}

    /** Writes a publication. What is told to members of other nodes is its kept payload, and all that it was written as so far. */
    static byte[] write(Publication publication, String node) {
        var fields = new FieldWriter(VERSION);
        PublishOptions options = publication.options();
        fields.uuid(ID, publication.id().value());
        write(fields, publication.sentAt());
        payloads(publication).forEach(payload -> write(fields, payload));
        fields.text(KIND, options.kind());
        options.sender().ifPresent(sender -> fields.text(SENDER, sender.value()));
        options.idempotencyKey().ifPresent(key -> fields.text(KEY, key));
        fields.text(NODE, node);
        publication.keep().ifPresent(keep -> fields.flag(KEPT));
        options.audience().exceptChannels().forEach(channel -> fields.uuid(EXCEPT_CHANNEL, channel.value()));
        options.audience().exceptUsers().forEach(user -> fields.text(EXCEPT_USER, user.value()));
        options.audience().onlyFormat().ifPresent(format -> fields.text(ONLY_FORMAT, format));
        options.author().ifPresent(author -> {
            fields.uuid(AUTHOR_CHANNEL, author.channel().value());
            author.user().ifPresent(user -> fields.text(AUTHOR_USER, user.value()));
        });
        if (options.recipient() == PublishOptions.To.CONSUMERS) {
            fields.flag(TO_CONSUMERS);
        }
        options.delivery().ifPresent(delivery -> write(fields, delivery));
        if (options.audience().onlyTo().isPresent()) {
            fields.flag(HERE_ONLY);
        }
        if (publication.groups() > 1) {
            fields.number(GROUPS, publication.groups());
        }
        return fields.bytes();
    }

    private static List<Payload> payloads(Publication publication) {
        List<Payload> all = new ArrayList<>(2);
        publication.keep().ifPresent(keep -> all.add(keep.payload()));
        for (Payload written : publication.content().written()) {
            if (all.stream().noneMatch(known -> known.format().equals(written.format()))) {
                all.add(written);
            }
        }
        if (all.isEmpty()) {
            all.add(publication.content().payloadIn(PLAIN));
        }
        return all;
    }

    private static void write(FieldWriter fields, Instant sentAt) {
        long seconds = sentAt.getEpochSecond();
        int nanos = sentAt.getNano();
        fields.number(SENT_AT, seconds);
        fields.number(SENT_AT, nanos);
    }

    private static void write(FieldWriter fields, Payload payload) {
        fields.text(FORMAT, payload.format());
        fields.bytes(
                payload.frame() instanceof BinaryFrame ? BINARY : TEXT,
                payload.frame().buffer());
    }

    private static void write(FieldWriter fields, Delivery delivery) {
        fields.text(DELIVERY, delivery.kind().name());
        delivery.key().ifPresent(key -> fields.text(STATE_KEY, key));
    }

    /** Writes a message that was not published, as one that was. */
    public static byte[] write(Message message) {
        var fields = new FieldWriter(VERSION);
        fields.uuid(ID, message.id().value());
        write(fields, message.sentAt());
        write(fields, message.payload());
        fields.text(KIND, message.kind());
        message.sender().ifPresent(sender -> fields.text(SENDER, sender.value()));
        message.idempotencyKey().ifPresent(key -> fields.text(KEY, key));
        fields.flag(KEPT);
        return fields.bytes();
    }

    /**
     * Reads what was kept, as the message it was.
     *
     * @throws MalformedEnvelopeException when these are no bytes of ours
     */
    public static Message readMessage(GroupName group, byte[] envelope) {
        return reading(() -> {
            Parts parts = Parts.of(envelope);
            return new Message(parts.id(), group, parts.sender, parts.kind, parts.sentAt(), parts.payload(), parts.key);
        });
    }

    /**
     * Reads a publication.
     *
     * @throws MalformedEnvelopeException when these are no bytes of ours
     */
    static Carried read(GroupName group, byte[] envelope) {
        return reading(() -> {
            Parts parts = Parts.of(envelope);
            return new Carried(parts.publication(group), parts.node, parts.hereOnly);
        });
    }

    /** Whatever cannot be, such as an id that is too long, is no envelope of ours. */
    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new MalformedEnvelopeException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What was found in an envelope so far. */
    private static final class Parts {

        private Optional<UUID> id = Optional.empty();
        private final List<Long> sentAt = new ArrayList<>(2);
        private String format = "";
        private final List<Payload> payloads = new ArrayList<>(1);
        private String kind = Message.PLAIN;
        private Optional<UserId> sender = Optional.empty();
        private Optional<String> key = Optional.empty();
        private String node = "";
        private boolean kept;
        private boolean hereOnly;
        private int groups = 1;
        private final Set<ChannelId> exceptChannels = new HashSet<>(0);
        private final Set<UserId> exceptUsers = new HashSet<>(0);
        private Optional<String> onlyFormat = Optional.empty();
        private Optional<ChannelId> authorChannel = Optional.empty();
        private Optional<UserId> authorUser = Optional.empty();
        private PublishOptions.To recipient = PublishOptions.To.PEERS;
        private Optional<String> delivery = Optional.empty();
        private Optional<String> stateKey = Optional.empty();

        static Parts of(byte[] envelope) {
            var parts = new Parts();
            new FieldReader(VERSION, envelope).forEach(parts::take);
            if (parts.id.isEmpty() || parts.sentAt.size() != 2 || parts.payloads.isEmpty()) {
                throw new MalformedEnvelopeException("it lacks its id, time or payload");
            }
            return parts;
        }

        private void take(int tag, FieldReader.Value value) {
            switch (tag) {
                case ID -> id = Optional.of(value.uuid());
                case SENT_AT -> sentAt.add(value.number());
                case FORMAT -> format = value.text();
                case TEXT -> payloads.add(new Payload(format, Frame.utf8(value.bytes())));
                case BINARY -> payloads.add(new Payload(format, Frame.binary(value.bytes())));
                case KIND -> kind = value.text();
                case SENDER -> sender = Optional.of(new UserId(value.text()));
                case KEY -> key = Optional.of(value.text());
                case NODE -> node = value.text();
                case KEPT -> kept = true;
                case EXCEPT_CHANNEL -> exceptChannels.add(new ChannelId(value.uuid()));
                case EXCEPT_USER -> exceptUsers.add(new UserId(value.text()));
                case AUTHOR_CHANNEL -> authorChannel = Optional.of(new ChannelId(value.uuid()));
                case AUTHOR_USER -> authorUser = Optional.of(new UserId(value.text()));
                case TO_CONSUMERS -> recipient = PublishOptions.To.CONSUMERS;
                case DELIVERY -> delivery = Optional.of(value.text());
                case STATE_KEY -> stateKey = Optional.of(value.text());
                case HERE_ONLY -> hereOnly = true;
                case ONLY_FORMAT -> onlyFormat = Optional.of(value.text());
                case GROUPS -> groups = (int) Math.max(1, Math.min(value.number(), Integer.MAX_VALUE));
                default -> {} // of a later release
            }
        }

        MessageId id() {
            return new MessageId(id.orElseThrow());
        }

        Instant sentAt() {
            return Instant.ofEpochSecond(sentAt.get(0), sentAt.get(1));
        }

        Publication publication(GroupName group) {
            Optional<Publication.Keep> keep =
                    kept ? Optional.of(new Publication.Keep(payload(), Retention.DEFAULT)) : Optional.empty();
            return new Publication(id(), group, sentAt(), Content.carried(payloads), options(), keep, groups);
        }

        Payload payload() {
            return payloads.get(0);
        }

        PublishOptions options() {
            return new PublishOptions(
                    PublishOptions.Saving.AS_DECLARED,
                    kind,
                    sender,
                    key,
                    new Audience(exceptChannels, exceptUsers, onlyFormat, Optional.empty()),
                    Optional.empty(),
                    authorChannel.map(channel -> new Author(channel, authorUser)),
                    recipient,
                    delivery.map(this::delivery),
                    false);
        }

        /** One of a later release is taken for a message, which arrives in any case. */
        private Delivery delivery(String name) {
            return switch (name) {
                case "STATE" -> stateKey.map(Delivery::state).orElse(Delivery.MESSAGE);
                case "EPHEMERAL" -> Delivery.EPHEMERAL;
                default -> Delivery.MESSAGE;
            };
        }
    }

    /** Returns the name of a group as it is told beside envelopes, an inbox included. */
    public static GroupName group(String name) {
        String inbox = GroupName.INBOX_KIND + ':';
        return name.startsWith(inbox)
                ? GroupName.inboxOf(new UserId(name.substring(inbox.length())))
                : GroupName.of(name);
    }

    static byte[] copy(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }
}

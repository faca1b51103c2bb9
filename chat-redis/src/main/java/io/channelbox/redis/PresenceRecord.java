package io.channelbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.UserStatus;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of a user in a group: a byte for the version, then texts with their lengths before them, as {@code presence.lua} writes
 * them.
 *
 * @param came when the user came, to put users in order
 * @param stamp when the user said the status that the entries have
 * @param entries the devices
 */
record PresenceRecord(long came, long stamp, List<PresenceEntry> entries) {

    private static final byte VERSION = 1;
    private static final int ABOUT = 5;
    private static final int FIELDS = 8;
    private static final PresenceRecord NOTHING = new PresenceRecord(0, 0, List.of());

    PresenceRecord {
        entries = List.copyOf(entries);
    }

    /** Reads what is kept; what others have written is as good as nothing. */
    static PresenceRecord read(GroupName group, byte[] user, byte[] kept) {
        if (kept.length == 0 || kept[0] != VERSION) {
            return NOTHING;
        }
        try {
            List<byte[]> parts = split(ByteBuffer.wrap(kept, 1, kept.length - 1));
            List<byte[]> about = split(ByteBuffer.wrap(parts.get(0)));
            UserStatus status = status(text(about.get(3)), text(about.get(4)));
            List<PresenceEntry> entries = new ArrayList<>(parts.size() - 1);
            for (byte[] device : parts.subList(1, parts.size())) {
                entries.add(entry(group, user, device).status(status));
            }
            return about.size() < ABOUT ? NOTHING : new PresenceRecord(number(about, 0), number(about, 2), entries);
        } catch (RuntimeException foreign) {
            return NOTHING;
        }
    }

    /** Reads one device, without a status. */
    static PresenceEntry entry(GroupName group, byte[] user, byte[] device) {
        List<byte[]> fields = split(ByteBuffer.wrap(device));
        if (fields.size() < FIELDS) {
            throw new IllegalArgumentException("it lacks fields");
        }
        String left = text(fields.get(7));
        return new PresenceEntry(
                group,
                new UserId(text(user)),
                new ChannelId(UUID.fromString(text(fields.get(0)))),
                text(fields.get(1)),
                number(fields, 2),
                text(fields.get(3)),
                Instant.parse(text(fields.get(5))),
                text(fields.get(6)).equals("1"),
                UserStatus.AUTOMATIC,
                left.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(left)));
    }

    /** Returns the fields of a device, in the order in which they are kept. */
    static List<byte[]> fields(PresenceEntry entry) {
        List<byte[]> fields = stay(entry);
        fields.remove(0);
        fields.add(bytes(entry.name()));
        fields.add(bytes(entry.foldedName()));
        fields.add(bytes(entry.since().toString()));
        fields.add(bytes(entry.active() ? "1" : "0"));
        fields.add(bytes(entry.leftAt().map(Instant::toString).orElse("")));
        return fields;
    }

    /** Returns what a device is found by: the user, the channel, the node and the ref. */
    static List<byte[]> stay(PresenceEntry entry) {
        List<byte[]> fields = new ArrayList<>(FIELDS);
        fields.add(bytes(entry.user().value()));
        fields.add(bytes(entry.channel().value().toString()));
        fields.add(bytes(entry.node()));
        fields.add(bytes(Long.toString(entry.ref())));
        return fields;
    }

    static UserStatus status(String word, String text) {
        return new UserStatus(PresenceStatus.of(word), Optional.of(text));
    }

    private static List<byte[]> split(ByteBuffer in) {
        List<byte[]> parts = new ArrayList<>(FIELDS);
        while (in.hasRemaining()) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("it ends too soon");
            }
            var part = new byte[length];
            in.get(part);
            parts.add(part);
        }
        return parts;
    }

    private static long number(List<byte[]> fields, int index) {
        return Long.parseLong(text(fields.get(index)));
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

package io.channelbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.UserStatus;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of a user in a group: a byte for the version, then texts with their lengths before them, as {@code presence.lua} writes
 * them. A large group has many of them, so nothing is copied on the way that is not kept.
 *
 * @param came when the user came, to put users in order
 * @param stamp when the user said the status that the entries have
 * @param entries the devices
 */
record PresenceRecord(long came, long stamp, List<PresenceEntry> entries) {

    private static final byte VERSION = 1;
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
            return read(group, new UserId(text(user)), ByteBuffer.wrap(kept, 1, kept.length - 1));
        } catch (RuntimeException foreign) {
            return NOTHING;
        }
    }

    private static PresenceRecord read(GroupName group, UserId user, ByteBuffer kept) {
        ByteBuffer about = nextPart(kept);
        long came = nextNumber(about);
        nextPart(about); // the token, which is the scripts' own
        long stamp = nextNumber(about);
        UserStatus status = status(nextText(about), nextText(about));
        List<PresenceEntry> entries = new ArrayList<>(1);
        while (kept.hasRemaining()) {
            entries.add(entry(group, user, status, nextPart(kept)));
        }
        return new PresenceRecord(came, stamp, entries);
    }

    /** Reads one device, without a status. */
    static PresenceEntry entry(GroupName group, byte[] user, byte[] device) {
        return entry(group, new UserId(text(user)), UserStatus.AUTOMATIC, ByteBuffer.wrap(device));
    }

    private static PresenceEntry entry(GroupName group, UserId user, UserStatus status, ByteBuffer device) {
        var channel = new ChannelId(UUID.fromString(nextText(device)));
        String node = nextText(device);
        long ref = nextNumber(device);
        String name = nextText(device);
        nextPart(device); // the folded name, which follows from it
        Instant since = instant(nextText(device));
        boolean active = nextText(device).equals("1");
        String left = nextText(device);
        Optional<Instant> leftAt = left.isEmpty() ? Optional.empty() : Optional.of(instant(left));
        return new PresenceEntry(group, user, channel, node, ref, name, since, active, status, leftAt);
    }

    /** Returns the fields of a device, in the order in which they are kept. */
    static List<byte[]> fields(PresenceEntry entry) {
        List<byte[]> fields = stay(entry);
        fields.remove(0);
        fields.add(bytes(entry.name()));
        fields.add(bytes(entry.foldedName()));
        fields.add(time(entry.since()));
        fields.add(bytes(entry.active() ? "1" : "0"));
        fields.add(leftAt(entry.leftAt()));
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

    /** Returns when a device left as it is kept: nothing of one that is here. */
    static byte[] leftAt(Optional<Instant> time) {
        return time.map(PresenceRecord::time).orElse(Bytes.NONE);
    }

    /** Seconds and nanoseconds: a calendar's date takes ten times as long to read. */
    private static byte[] time(Instant time) {
        return bytes(time.getEpochSecond() + "." + time.getNano());
    }

    private static Instant instant(String text) {
        int point = text.indexOf('.');
        return Instant.ofEpochSecond(
                Long.parseLong(text, 0, point, 10), Integer.parseInt(text, point + 1, text.length(), 10));
    }

    static UserStatus status(String word, String text) {
        return word.equals(UserStatus.AUTOMATIC.status().word()) && text.isEmpty()
                ? UserStatus.AUTOMATIC
                : new UserStatus(PresenceStatus.of(word), Optional.of(text));
    }

    /** Returns the next part, and goes on behind it. */
    private static ByteBuffer nextPart(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static String nextText(ByteBuffer in) {
        ByteBuffer part = nextPart(in);
        return new String(part.array(), part.arrayOffset(), part.remaining(), UTF_8);
    }

    private static long nextNumber(ByteBuffer in) {
        return Long.parseLong(nextText(in));
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

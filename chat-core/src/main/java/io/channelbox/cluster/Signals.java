package io.channelbox.cluster;

import io.channelbox.broker.Signal;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signals as bytes: like envelopes, a version and fields with tags. */
final class Signals {

    private static final int VERSION = 1;

    private static final int NODE = 1;
    private static final int KIND = 2;
    private static final int USER = 3;
    private static final int GROUP = 4;
    private static final int CHANNEL = 5;
    private static final int NUMBER = 6;
    private static final int TEXT = 7;

    private static final String DISCONNECT = "disconnect";
    private static final String CLOSE = "close";
    private static final String KICK = "kick";
    private static final String BAN = "ban";
    private static final String CLEARED = "cleared";
    private static final String MISSED = "missed";
    private static final String PRESENCE = "presence";
    private static final String TYPING = "typing";
    private static final String HEARD = "heard";
    private static final String PROBE = "probe";
    private static final String LEAVING = "leaving";

    private Signals() {}

    /**
     * A signal that came.
     *
     * @param node who tells it
     * @param signal what is told; empty when it is a probe or a farewell, or of a later release
     * @param probe which probe it is
     * @param leaving whether the node leaves
     */
    record Told(String node, Optional<Signal> signal, Optional<Long> probe, boolean leaving) {}

    static byte[] write(Signal signal, String node) {
        var fields = new FieldWriter(VERSION);
        fields.text(NODE, node);
        if (signal instanceof Signal.Disconnect disconnect) {
            user(fields, DISCONNECT, disconnect.user());
            fields.number(NUMBER, disconnect.code());
            fields.text(TEXT, disconnect.reason());
        } else if (signal instanceof Signal.Close close) {
            fields.text(KIND, CLOSE);
            fields.uuid(CHANNEL, close.channel().value());
            fields.number(NUMBER, close.code());
            fields.text(TEXT, close.reason());
        } else if (signal instanceof Signal.Kick kick) {
            user(fields, KICK, kick.user());
            fields.text(GROUP, kick.group().value());
        } else if (signal instanceof Signal.Ban ban) {
            user(fields, BAN, ban.user());
            ban.group().ifPresent(group -> fields.text(GROUP, group.value()));
            fields.number(NUMBER, millis(ban.time()));
        } else if (signal instanceof Signal.Cleared cleared) {
            fields.text(KIND, CLEARED);
            cleared.group().ifPresent(group -> fields.text(GROUP, group.value()));
        } else if (signal instanceof Signal.Missed missed) {
            fields.text(KIND, MISSED);
            fields.text(TEXT, missed.kind());
        } else if (signal instanceof Signal.PresenceChanged changed) {
            fields.text(KIND, PRESENCE);
            changed.users().forEach(user -> fields.text(USER, user.value()));
            fields.text(GROUP, changed.group().value());
        } else if (signal instanceof Signal.Typing typing) {
            user(fields, TYPING, typing.user());
            fields.text(GROUP, typing.group().value());
            fields.text(TEXT, typing.name());
            fields.uuid(CHANNEL, typing.channel().value());
            fields.number(NUMBER, typing.typing() ? 1 : 0);
        } else if (signal instanceof Signal.Heard heard) {
            fields.text(KIND, HEARD);
            heard.messages().forEach((user, messages) -> {
                fields.text(USER, user.value());
                fields.number(NUMBER, messages);
            });
        }
        return fields.bytes();
    }

    private static void user(FieldWriter fields, String kind, UserId user) {
        fields.text(KIND, kind);
        fields.text(USER, user.value());
    }

    /** More than 290 million years are as many. */
    private static long millis(Duration time) {
        try {
            return time.toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Writes a signal that means nothing but that it came. */
    static byte[] probe(long number, String node) {
        var fields = new FieldWriter(VERSION);
        fields.text(NODE, node);
        fields.text(KIND, PROBE);
        fields.number(NUMBER, number);
        return fields.bytes();
    }

    /** Writes that a node leaves. */
    static byte[] leaving(String node) {
        var fields = new FieldWriter(VERSION);
        fields.text(NODE, node);
        fields.text(KIND, LEAVING);
        return fields.bytes();
    }

    /**
     * Reads a signal.
     *
     * @throws MalformedEnvelopeException when these are no bytes of ours
     */
    static Told read(byte[] signal) {
        var parts = new Parts();
        try {
            new FieldReader(VERSION, signal).forEach(parts::take);
            return new Told(
                    parts.node,
                    Optional.ofNullable(parts.signal()),
                    parts.kind.equals(PROBE) ? Optional.of(parts.number) : Optional.empty(),
                    parts.kind.equals(LEAVING));
        } catch (IllegalArgumentException e) { // a name that cannot be
            throw new MalformedEnvelopeException("a name in the signal is none", e);
        }
    }

    private static final class Parts {

        private String node = "";
        private String kind = "";
        private @Nullable UserId user;
        private final Set<UserId> users = new HashSet<>(1);
        private @Nullable GroupName group;
        private @Nullable ChannelId channel;
        private long number;
        private final Map<UserId, Integer> numbers = new HashMap<>(0);
        private String text = "";

        private void take(int tag, FieldReader.Value value) {
            switch (tag) {
                case NODE -> node = value.text();
                case KIND -> kind = value.text();
                case USER -> {
                    user = new UserId(value.text());
                    users.add(user);
                }
                case GROUP -> group = Envelopes.group(value.text());
                case CHANNEL -> channel = new ChannelId(value.uuid());
                case NUMBER -> {
                    number = value.number();
                    if (user != null) {
                        numbers.put(user, (int) number); // it is of the user before it
                    }
                }
                case TEXT -> text = value.text();
                default -> {} // of a later release
            }
        }

        @Nullable
        Signal signal() {
            return switch (kind) {
                case DISCONNECT -> new Signal.Disconnect(user(), (int) number, text);
                case CLOSE -> new Signal.Close(channel(), (int) number, text);
                case KICK -> new Signal.Kick(group(), user());
                case BAN -> new Signal.Ban(user(), Optional.ofNullable(group), Duration.ofMillis(number));
                case CLEARED -> new Signal.Cleared(Optional.ofNullable(group));
                case MISSED -> new Signal.Missed(text);
                case PRESENCE -> new Signal.PresenceChanged(group(), users);
                case TYPING -> new Signal.Typing(group(), user(), text, channel(), number == 1);
                case HEARD -> new Signal.Heard(numbers);
                default -> null;
            };
        }

        private UserId user() {
            return present(user, "user");
        }

        private GroupName group() {
            return present(group, "group");
        }

        private ChannelId channel() {
            return present(channel, "channel");
        }

        private static <T> T present(@Nullable T part, String name) {
            if (part == null) {
                throw new MalformedEnvelopeException("the signal lacks its " + name);
            }
            return part;
        }
    }
}

package io.channelbox.channel;

import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What passes, for operators: one record for each message that is received, sent or published, on the logger
 * {@value #LOGGER} at debug level, with {@code channel}, {@code user}, {@code path}, {@code group}, {@code message},
 * {@code action} and {@code ref} as key-values, as far as they are known. Never what was said.
 */
public final class TrafficLog {

    /** The logger. */
    public static final String LOGGER = "io.channelbox.traffic";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final String CHANNEL = "channel";
    private static final String USER = "user";
    private static final String ACTION = "action";

    private static final int LONGEST_SHOWN = 64;

    private final Set<String> unlogged;

    TrafficLog(Set<String> unlogged) {
        this.unlogged = Set.copyOf(unlogged);
    }

    /** Tells whether anything is written at all. */
    public boolean isOn() {
        return log.isDebugEnabled();
    }

    /** For the consumer's session: a frame was opened. */
    public void received(Channel channel, Optional<String> action, Optional<String> ref) {
        passed("received", channel, action, ref);
    }

    void sent(Channel channel, Optional<String> action, Optional<String> ref) {
        passed("sent", channel, action, ref);
    }

    private void passed(String what, Channel channel, Optional<String> action, Optional<String> ref) {
        if (isOn() && isLogged(action)) {
            log.atDebug()
                    .addKeyValue(CHANNEL, channel.id())
                    .addKeyValue(USER, channel.user().id())
                    .addKeyValue("path", channel.handshake().path())
                    .addKeyValue(ACTION, shown(action))
                    .addKeyValue("ref", shown(ref))
                    .log(what);
        }
    }

    void published(MessageId message, GroupName group, String kind, Optional<UserId> sender) {
        if (isOn() && !unlogged.contains(kind)) {
            log.atDebug()
                    .addKeyValue("message", message)
                    .addKeyValue("group", group)
                    .addKeyValue(ACTION, kind)
                    .addKeyValue(USER, sender.map(UserId::value).orElse(""))
                    .log("published");
        }
    }

    /** Returns what a peer has written, as far as a log may show it. */
    private static String shown(Optional<String> written) {
        String name = written.orElse("");
        return (name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…")
                .replaceAll("\\p{Cntrl}", "?");
    }

    private boolean isLogged(Optional<String> action) {
        return action.isEmpty() || !unlogged.contains(action.get());
    }

    /** For the consumer's session: while the logger is on, what a callback logs itself carries channel, user and action in the MDC. */
    @SuppressWarnings("try") // they are there to be closed
    public <T> T during(Channel channel, Optional<String> action, Supplier<T> callback) {
        if (!isOn()) {
            return callback.get();
        }
        try (var its = MDC.putCloseable(CHANNEL, channel.id().toString());
                var whose = MDC.putCloseable(USER, channel.user().id().value());
                var what = MDC.putCloseable(ACTION, shown(action))) {
            return callback.get();
        }
    }
}

package io.channelbox.examples.system.operation;

import io.channelbox.conversation.Notification;
import io.channelbox.conversation.NotificationSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the log who would be told of what. An application that sends mail or pushes has a {@link NotificationSink} of its own, as a bean. */
public final class LoggedNotifications implements NotificationSink {

    private static final Logger log = LoggerFactory.getLogger(LoggedNotifications.class);

    @Override
    public void send(Notification notification) {
        log.info(
                "{} is away, and to be told of {} {}",
                notification.user(),
                notification.reason(),
                notification.message().id());
    }
}

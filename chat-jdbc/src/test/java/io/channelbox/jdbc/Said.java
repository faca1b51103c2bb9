package io.channelbox.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plain texts in histories. */
final class Said {

    static final GroupName ROOM = GroupName.of("chat", "room");
    static final Retention ALL = Retention.DEFAULT.withCount(1_000_000).withBytes(1L << 40);

    private Said() {}

    static Message message(String text) {
        return message(text, Instant.now());
    }

    static Message message(String text, Instant sentAt) {
        return new Message(
                MessageId.at(sentAt),
                ROOM,
                Optional.empty(),
                Message.PLAIN,
                sentAt,
                new Payload("text", Frame.text(text)));
    }

    static StreamPosition append(HistoryStore store, GroupName group, String text) {
        return store.append(group, List.of(message(text)), ALL).get(0);
    }

    static List<String> texts(HistoryPage page) {
        return page.payloads().stream()
                .map(payload -> ((TextFrame) payload.frame()).text())
                .toList();
    }

    /** Asserts that a failure says this to those who read it. */
    static void assertSays(String part, Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        assertTrue(text.contains(part), text);
    }
}

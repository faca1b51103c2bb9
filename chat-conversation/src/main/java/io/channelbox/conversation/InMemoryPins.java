package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is pinned in the conversations of {@link InMemoryConversationStore}, as one transaction sees it. */
record InMemoryPins(ConversationReader reader, Map<ChatMessageId, Pin> pins, Undoing undoing) implements PinWriter {

    private static final Comparator<PinnedMessage> LAST_FIRST = Comparator.comparing(PinnedMessage::at)
            .thenComparing(pinned -> pinned.message().id())
            .reversed();

    /** Who has pinned a message of this conversation, and when. */
    record Pin(ConversationId conversation, UserId by, Instant at) {

        Pin by(UserId other) {
            return new Pin(conversation, other, at);
        }
    }

    @Override
    public List<PinnedMessage> of(ConversationId conversation) {
        return pins.entrySet().stream()
                .filter(each -> each.getValue().conversation().equals(conversation))
                .map(each -> new PinnedMessage(
                        reader.message(each.getKey()).orElseThrow(),
                        each.getValue().by(),
                        each.getValue().at()))
                .sorted(LAST_FIRST)
                .toList();
    }

    @Override
    public boolean add(ChatMessage message, UserId by, Instant at) {
        if (pins.containsKey(message.id())) {
            return false;
        }
        undoing.put(pins, message.id(), new Pin(message.conversation(), by, at));
        return true;
    }

    @Override
    public boolean remove(ChatMessageId message) {
        return undoing.remove(pins, message);
    }
}

package io.channelbox.conversation.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.InMemoryConversationStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveConversationsTableTest {

    @Test
    void somethingIsToldOfEveryKindOfEvent() {
        try (ChannelBox box = ChannelBox.builder().build()) {
            var live = LiveConversations.in(box, new InMemoryConversationStore());

            assertEquals(
                    List.of(),
                    Stream.of(ConversationEvent.class.getPermittedSubclasses())
                            .filter(type -> !live.tells(type))
                            .toList());
        }
    }
}

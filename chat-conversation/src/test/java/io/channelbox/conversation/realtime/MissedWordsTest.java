package io.channelbox.conversation.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.message.GroupName;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MissedWordsTest {

    @AutoClose
    private final ChannelBox box = ChannelBox.builder()
            .executor(Runnable::run)
            .scheduler((period, work) -> () -> {})
            .build();

    private final MissedWords missed = new MissedWords(box, new Listening(box, new InMemoryConversationStore()));

    private void keep(String group) {
        box.group(group).broadcast("said", PublishOptions.DEFAULT.savingHistory());
    }

    @Test
    void whenAllConversationsMissedSomethingNobodyIsToldOnlyAPartOfThemLater() {
        keep("conversation:7");
        keep("conversation:8");
        keep("conversation:of-the-application");
        keep("inbox:ann");

        missed.inAll("conversation");
        missed.inAll("inbox");

        assertEquals(
                Set.of(GroupName.of("conversation:of-the-application"), GroupName.of("inbox:ann")),
                box.history().groups());
    }
}

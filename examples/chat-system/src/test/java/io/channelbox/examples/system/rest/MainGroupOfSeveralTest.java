package io.channelbox.examples.system.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationReader;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.Listed;
import io.channelbox.examples.system.ChatProperties;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The main group of several programs with one database. */
class MainGroupOfSeveralTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CID = new UserId("cid");

    private final ConversationStore kept = new InMemoryConversationStore();
    private Runnable beforeTheNextWrite = () -> {};
    // Another program may come in before anything that the first one writes.
    private final ConversationStore watched = new ConversationStore() {
        @Override
        public <T> T read(Function<? super ConversationReader, ? extends T> work) {
            return kept.read(work);
        }

        @Override
        public <T> T write(Function<? super ConversationWriter, ? extends T> work) {
            Runnable before = beforeTheNextWrite;
            beforeTheNextWrite = () -> {};
            before.run();
            return kept.write(work);
        }
    };
    private final MainGroup here = mainGroup(watched);
    private final MainGroup there = mainGroup(kept);

    private static MainGroup mainGroup(ConversationStore store) {
        Map<String, String> settings = Map.of("chat.demo", "true", "chat.main-group", "Main Discussion");
        ChatProperties properties =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("chat", ChatProperties.class);
        return new MainGroup(Conversations.in(store).build(), properties);
    }

    private List<ConversationId> groupsOf(UserId user) {
        return Conversations.in(kept).build().list(user, Listed.ALL, Optional.empty(), 10).stream()
                .map(ConversationSummary::conversation)
                .map(conversation -> conversation.id())
                .toList();
    }

    @Test
    void whoIsWelcomedByTwoProgramsThatMakeItAtTheSameMomentIsInOneAndTheSame() {
        beforeTheNextWrite = () -> there.welcome(BOB);

        here.welcome(CID);

        assertEquals(1, groupsOf(BOB).size());
        assertEquals(groupsOf(BOB), groupsOf(CID));
    }

    @Test
    void whatOneProgramHasMadeTheOtherFinds() {
        here.welcome(BOB);

        there.welcome(CID);

        assertEquals(groupsOf(BOB), groupsOf(CID));
        assertEquals(groupsOf(BOB), groupsOf(ANN));
    }
}

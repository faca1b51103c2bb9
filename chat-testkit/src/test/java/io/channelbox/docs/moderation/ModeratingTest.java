package io.channelbox.docs.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.moderation.Term;
import io.channelbox.conversation.moderation.WordFilter;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModeratingTest {

    private final InMemoryConversationStore store = new InMemoryConversationStore();
    private final UserId ann = new UserId("ann");
    private final UserId bob = new UserId("bob");
    private final Set<UserId> staff = Set.of(new UserId("moderator"));
    private final List<String> words = List.of("darn");

    @Test
    void aGroupIsKeptCivil() {
        var conversations = Conversations.in(store)
                .moderators(staff::contains)
                .filter(WordFilter.refusing(words))
                .build();
        var moderation = Moderation.of(conversations, store);
        ConversationId group = conversations
                .createGroup(ann, GroupDetails.named("Lunch"), List.of(bob))
                .id();

        PeerException refusal =
                assertThrows(PeerException.class, () -> conversations.send(bob, group, MessageDraft.text("Darn!")));
        moderation.mute(ann, group, bob, Term.of(Duration.ofMinutes(10)), "shouting");

        assertEquals(Conversations.FILTERED, refusal.code());
        assertTrue(conversations.participant(bob, group).muted());
    }
}

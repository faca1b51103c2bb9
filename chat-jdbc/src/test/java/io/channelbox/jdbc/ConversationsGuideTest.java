package io.channelbox.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.MessagePage;
import io.channelbox.message.PeerException;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsGuideTest {

    private final UserId ann = new UserId("ann");
    private final UserId bob = new UserId("bob");

    @TempDir
    Path folder;

    @Test
    void whatIsSaidIsReadByThoseInIt() {
        DataSource dataSource = Sqlite.at(folder.resolve("chat.db"));
        try (JdbcStores stores = JdbcStores.create(dataSource)) {
            var conversations = Conversations.in(stores.conversations()).build();
            Conversation lunch = conversations.createGroup(ann, GroupDetails.named("Lunch"), List.of(bob));

            conversations.send(bob, lunch.id(), MessageDraft.text("Noon?").called("k1"));
            MessagePage page = conversations.messages(ann, lunch.id(), Optional.empty(), 50);

            assertEquals(
                    List.of("Noon?"),
                    page.messages().stream().map(ChatMessage::content).toList());
            assertEquals("404", say(conversations, new UserId("eve"), lunch));
            assertEquals("201", say(conversations, bob, lunch));
            conversations.mute(ann, lunch.id(), bob);
            assertEquals("muted", say(conversations, bob, lunch));
        }
    }

    private static String say(Conversations conversations, UserId me, Conversation lunch) {
        try {
            conversations.send(me, lunch.id(), MessageDraft.text("Noon?"));
            return answer("201");
        } catch (NotAllowedException e) {
            return answer("404"); // or there is no such conversation: nobody is told which
        } catch (PeerException e) {
            return answer(e.code()); // such as muted, archived or invalid, where e.problems() has the places
        } catch (StoreException e) {
            return answer("503"); // nothing was kept, unless the text says that this is unknown
        }
    }

    private static String answer(String text) {
        return text;
    }
}

package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.consumer.AuthenticationReply;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestUser;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DoorkeeperTest {

    private static final String LOBBY = "/ws/chat/lobby/";

    @AutoClose
    private final TestRooms test = new TestRooms();

    @RegisterExtension
    final ChatExtension chat = atTheDoor(false);

    @RegisterExtension
    final ChatExtension demo = atTheDoor(true);

    private ChatExtension atTheDoor(boolean believing) {
        return ChatExtension.mounting("/ws/topics", RoomTopic.of(test.rooms).hub())
                .and("/ws/chat/{room_id}/", ChatServer.options(Settings.DEFAULT), () -> new RoomConsumer(test.rooms))
                .authenticate(Doorkeeper.of(test.rooms, believing))
                .with(box -> ChatServer.settings(box, test.rooms));
    }

    @BeforeEach
    void openTheLobby() {
        test.create("Lobby", "ann");
    }

    @Test
    void aMemberWhoIsLoggedInIsLetIn() {
        TestClient client = loggedIn("ann").connect(LOBBY).assertAuthenticated();

        assertEquals("ann", client.channel().user().name());
    }

    @Test
    void whoIsNotLoggedInIsRefused() {
        chat.anyone().connect(LOBBY).assertRefused(401);
        chat.anyone().connect(LOBBY + "?user=ann").assertRefused(401);
        chat.anyone().connect("/ws/topics").assertRefused(401);
    }

    @Test
    void whoIsNoMemberIsToldSoAndRefused() {
        TestClient eve = loggedIn("eve").connect(LOBBY);

        eve.assertRefused(403);
        assertEquals(403, eve.receive(AuthenticationReply.class).statusCode());
        eve.assertClosed(4403);
    }

    @Test
    void aRoomThatIsNotThereIsNotFound() {
        loggedIn("ann").connect("/ws/chat/nowhere/").assertRefused(404);
    }

    @Test
    void topicsAreForAllWhoAreLoggedIn() {
        loggedIn("eve").connect("/ws/topics").assertAuthenticated();
    }

    @Test
    void aDemoBelievesWhoOneSaysOneIs() {
        demo.anyone().connect(LOBBY + "?user=ann").assertAuthenticated();
        demo.anyone().connect(LOBBY + "?user=eve").assertRefused(403);
        demo.anyone().connect(LOBBY + "?user=%20").assertRefused(401);
        demo.anyone().connect(LOBBY).assertRefused(401);
    }

    private TestUser loggedIn(String name) {
        return chat.anyone().withSession(LoginServlet.USERNAME, name);
    }
}

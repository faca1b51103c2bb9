package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.Envelope;
import io.channelbox.codec.Envelope.Mark;
import io.channelbox.consumer.AuthenticationReply;
import io.channelbox.consumer.Complete;
import io.channelbox.consumer.GroupComplete;
import io.channelbox.examples.typed.ClientMessage.Chat;
import io.channelbox.examples.typed.ClientMessage.Ping;
import io.channelbox.examples.typed.ServerMessage.Entry;
import io.channelbox.examples.typed.ServerMessage.History;
import io.channelbox.examples.typed.ServerMessage.Pong;
import io.channelbox.examples.typed.ServerMessage.UserJoined;
import io.channelbox.examples.typed.ServerMessage.UserLeft;
import io.channelbox.message.UserId;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.Received;
import io.channelbox.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomConsumerTest {

    private static final String LOBBY = "/ws/chat/lobby/";

    @AutoClose
    private final TestRooms test = new TestRooms();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting(
                    "/ws/topics", RoomTopic.of(test.rooms).hub())
            .and("/ws/chat/{room_id}/", ChatServer.options(Settings.DEFAULT), () -> new RoomConsumer(test.rooms))
            .and(
                    "/completion/{room_id}/",
                    ChatServer.options(Settings.DEFAULT.tellingCompletion()),
                    () -> new RoomConsumer(test.rooms))
            .with(box -> ChatServer.settings(box, test.rooms));

    @BeforeEach
    void openTheLobby() {
        test.create("Lobby", "ann", "bob");
    }

    @Test
    void whoComesIsToldTheHistoryAndThatTheyHaveCome() {
        TestClient ann = chat.user("ann").connect(LOBBY);

        assertEquals(200, ann.receive(AuthenticationReply.class).statusCode());
        assertEquals(new History(List.of()), ann.receive(History.class));
        assertEquals("ann", ann.receive(UserJoined.class).username());
        ann.assertSilent();
    }

    @Test
    void everyoneInTheRoomReadsWhatAnyoneSays() {
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();
        TestClient bob = chat.user("bob").connect(LOBBY).skipAll();

        ann.send(new Chat("hello"));

        assertEquals(new Said("hello", "ann"), bob.receive(Said.class));
        bob.assertSilent();
    }

    @Test
    void everyoneIsToldWhetherItWasTheirs() {
        TestClient phone = chat.user("ann").connect(LOBBY).skipAll();
        TestClient laptop = chat.user("ann").connect(LOBBY).skipAll();
        TestClient bob = chat.user("bob").connect(LOBBY).skipAll();
        phone.skipAll();
        laptop.skipAll();

        phone.send(new Chat("hello"));

        assertEquals(marked(Mark.MINE_AND_CURRENT), phone.receiveEnveloped(Said.class));
        assertEquals(marked(Mark.MINE), laptop.receiveEnveloped(Said.class));
        assertEquals(marked(Mark.NOT_MINE), bob.receiveEnveloped(Said.class));
    }

    private static Received<Said> marked(Mark mark) {
        return new Received<>(new Said("hello", "ann"), Envelope.NONE.marked(mark));
    }

    @Test
    void whoIsThereReadsWhoComesAndWhoGoes() {
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();

        chat.user("bob").connect(LOBBY).close();

        UserJoined joined = ann.receive(UserJoined.class);
        assertEquals("bob", joined.username());
        assertEquals("Lobby", joined.roomName());
        assertEquals("bob", ann.receive(UserLeft.class).username());
        ann.assertSilent();
    }

    @Test
    void whoComesLaterReadsTheLastFiftyThatWereSaid() {
        TestClient ann = chat.user("ann").connect(LOBBY);
        for (int i = 1; i <= 60; i++) {
            ann.send(new Chat("line " + i));
            chat.advance(Duration.ofSeconds(1));
        }

        TestClient bob = chat.user("bob").connect(LOBBY).ignoring(AuthenticationReply.class);
        List<Entry> said = bob.receive(History.class).entries();

        assertEquals(
                IntStream.rangeClosed(11, 60).mapToObj(i -> "line " + i).toList(),
                said.stream().map(Entry::message).toList());
        assertEquals("ann", said.get(0).username());
    }

    @Test
    void framesLookAsTheOriginalClientKnowsThem() {
        TestClient ann = chat.user("ann").connect(LOBBY);
        ann.send("{\"action\":\"ping\",\"payload\":null}");
        ann.send("{\"action\":\"chat\",\"payload\":\"<b>hi</b>\"}");
        String now = Dialect.timestamp(chat.box().clock().instant());

        assertTrue(now.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00"), now);
        assertEquals(
                List.of(
                        "{'action':'authentication','payload':"
                                + "{'status_code':200,'status_text':'OK','data':{'detail':'OK'}}}",
                        "{'action':'history','payload':[]}",
                        "{'action':'user_joined','payload':{'username':'ann','room_name':'Lobby','timestamp':'" + now
                                + "'},'is_mine':true,'is_current':true}",
                        "{'action':'pong','payload':null}",
                        "{'action':'chat','payload':'<b>hi</b>','username':'ann','is_mine':true,'is_current':true}"),
                quoted(ann.receiveAll()));
        assertEquals(
                "{'action':'history','payload':[{'username':'ann','message':'<b>hi</b>','timestamp':'" + now + "'}]}",
                quoted(chat.user("bob").connect(LOBBY).receiveAll().get(1)));
    }

    private static List<String> quoted(List<String> frames) {
        return frames.stream().map(RoomConsumerTest::quoted).toList();
    }

    @Test
    void aPingIsAnsweredToWhoAsked() {
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();
        TestClient bob = chat.user("bob").connect(LOBBY).skipAll();
        ann.skipAll();

        ann.send(new Ping());

        assertEquals(new Pong(), ann.receive(Pong.class));
        bob.assertSilent();
    }

    @Test
    void aTextMustNotBeBlankOrTooLong() {
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();

        ann.send(new Chat("  "));
        ann.send(new Chat("x".repeat(2_001)));

        assertEquals(
                List.of(
                        misfit("invalid", "['message','payload']", "must not be blank"),
                        misfit("invalid", "['message','payload']", "size must be between 0 and 2000")),
                quoted(ann.receiveAll()));
    }

    @Test
    void whatCannotBeReadIsAnsweredAndTheConnectionLives() {
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();

        ann.send("{\"action\":\"chat\",\"payload\":7}");
        ann.send("{\"action\":\"dance\"}");
        ann.send("not json");
        ann.send(new Ping());

        assertEquals("payload", ann.receiveJson().at("/payload/0/loc/1").asText());
        assertEquals("unknown_type", ann.receiveJson().at("/payload/0/type").asText());
        assertEquals("malformed", ann.receiveJson().at("/payload/0/type").asText());
        ann.receive(Pong.class);
    }

    private static String misfit(String type, String place, String text) {
        return "{'action':'error','payload':[{'type':'" + type + "','loc':" + place + ",'msg':'" + text + "'}]}";
    }

    private static String quoted(String frame) {
        return frame.replace('"', '\'');
    }

    @Test
    void whoSaysTooMuchIsToldToWait() {
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();

        for (int i = 0; i < 21; i++) {
            ann.send(new Ping());
        }

        List<String> answers = ann.receiveAll();
        assertEquals(21, answers.size());
        assertTrue(answers.get(20).startsWith("{\"action\":\"error\",\"payload\":{\"detail\":"), answers.get(20));
        chat.advance(Duration.ofSeconds(1));
        ann.send(new Ping());
        ann.receive(Pong.class);
    }

    @Test
    void onlyMembersGetIn() {
        chat.user("eve").connect(LOBBY).assertClosed(4403);
        chat.user("ann").connect("/ws/chat/nowhere/").assertClosed(4404);
    }

    @Test
    void whoIsNoLongerAMemberIsOut() {
        TestClient bob = chat.user("bob").connect(LOBBY).skipAll();
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();
        bob.skipAll();
        Room lobby = test.rooms.find("lobby").orElseThrow();

        test.rooms.removeMember(lobby, "bob");
        chat.box().group(lobby.group()).kick(new UserId("bob"));
        ann.send(new Chat("he has gone"));

        bob.assertSilent();
        bob.assertClosed(4403);
        assertEquals("bob", ann.receive(UserLeft.class).username());
        assertEquals(new Said("he has gone", "ann"), ann.receive(Said.class));
    }

    @Test
    void roomsHearNothingOfEachOther() {
        test.create("Attic", "bob");
        TestClient ann = chat.user("ann").connect(LOBBY).skipAll();
        TestClient bob = chat.user("bob").connect("/ws/chat/attic/").skipAll();

        ann.send(new Chat("hello"));

        bob.assertSilent();
    }

    @Test
    void whoWantsToIsToldWhatIsDoneWith() {
        TestClient ann = chat.user("ann").connect("/completion/lobby/").skipAll();

        ann.send(new Chat("hello"));

        ann.receive(Said.class);
        ann.receive(GroupComplete.class);
        ann.receive(Complete.class);
        ann.assertSilent();
    }
}

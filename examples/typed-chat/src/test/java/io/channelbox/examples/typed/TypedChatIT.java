package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is, over real sockets, frame by frame as the original client sends and expects them. */
class TypedChatIT {

    private static final String LOBBY = "/ws/chat/lobby/";
    private static final String LET_IN =
            "{'action':'authentication','payload':{'status_code':200,'status_text':'OK','data':{'detail':'OK'}}}";

    @TempDir
    Path folder;

    private TypedChat program;

    @BeforeEach
    void start() throws Exception {
        program = new TypedChat(Settings.DEFAULT.at(0).in(folder));
        Browser.loggedIn(program.port(), "host").post("/rooms", "name", "Lobby");
    }

    @AfterEach
    void stop() {
        program.close();
    }

    @Test
    void twoUsersTalkInARoom() throws Exception {
        Peer ann = member("ann").connect(LOBBY);
        assertEquals(
                List.of(
                        LET_IN,
                        "{'action':'history','payload':[]}",
                        "{'action':'user_joined','payload':{'username':'ann','room_name':'Lobby','timestamp':'NOW'},"
                                + "'is_mine':true,'is_current':true}"),
                ann.receive(3));
        Peer bob = member("bob").connect(LOBBY);
        bob.receive(3);
        assertEquals(
                List.of("{'action':'user_joined','payload':{'username':'bob','room_name':'Lobby','timestamp':'NOW'},"
                        + "'is_mine':false,'is_current':false}"),
                ann.receive(1));

        ann.send("{'action':'ping','payload':null}");
        ann.send("{'action':'chat','payload':'Grüße 🎉'}");
        ann.send("{'action':'chat','payload':''}");

        assertEquals(
                List.of(
                        "{'action':'pong','payload':null}",
                        "{'action':'chat','payload':'Grüße 🎉','username':'ann','is_mine':true,'is_current':true}",
                        "{'action':'error','payload':[{'type':'invalid','loc':['message','payload'],"
                                + "'msg':'must not be blank'}]}"),
                ann.receive(3));
        assertEquals(
                List.of("{'action':'chat','payload':'Grüße 🎉','username':'ann','is_mine':false,'is_current':false}"),
                bob.receive(1));
        bob.close();
        assertEquals(
                List.of("{'action':'user_left','payload':{'username':'bob','room_name':'Lobby','timestamp':'NOW'},"
                        + "'is_mine':false,'is_current':false}"),
                ann.receive(1));
    }

    @Test
    void whoIsRefusedIsToldWhyAndThenClosed() throws Exception {
        assertRefused(401, "Unauthorized", 4401, new Browser(program.port()).connect(LOBBY));
        assertRefused(
                403, "Forbidden", 4403, Browser.loggedIn(program.port(), "eve").connect(LOBBY));
        assertRefused(404, "Not Found", 4404, member("ann").connect("/ws/chat/nowhere/"));
    }

    private static void assertRefused(int status, String text, int closeCode, Peer peer) throws Exception {
        String told = peer.receive(1).get(0);
        String start = "{'action':'authentication','payload':{'status_code':" + status + ",'status_text':'" + text
                + "','data':{'detail':'";
        assertTrue(told.startsWith(start), told);
        assertEquals(closeCode, peer.closeCode());
    }

    @Test
    void aRoomIsATopicToo() throws Exception {
        Peer ann = member("ann").connect("/ws/topics");

        ann.send("{'topic':'room:lobby','ref':'1','action':'subscribe'}");
        ann.send("{'topic':'room:lobby','action':'post','payload':{'body':'hi','author':'ann'}}");
        ann.send("{'topic':'room:attic','ref':'3','action':'post','payload':{'body':'hi'}}");
        ann.send("{'topic':'room:lobby','ref':'4','action':'unsubscribe'}");

        List<String> frames = ann.receive(4);
        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','ref':'1','action':'subscribed','payload':null}",
                        "{'version':1,'topic':'room:lobby','seq':1,'action':'room_event',"
                                + "'payload':{'body':'hi','author':'ann'}}"),
                frames.subList(0, 2));
        assertTrue(
                frames.get(2)
                        .startsWith("{'version':1,'topic':'room:attic','ref':'3','action':'error',"
                                + "'payload':{'reason':'not_subscribed','detail':'"),
                frames.get(2));
        assertEquals(
                "{'version':1,'topic':'room:lobby','ref':'4','action':'unsubscribed','payload':null}", frames.get(3));
    }

    @Test
    void aTopicCanHaveASocketOfItsOwn() throws Exception {
        Peer ann = member("ann").connect("/ws/topics/room/lobby");

        ann.send("{'action':'post','payload':{'body':'hi'}}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','action':'subscribed','payload':null}",
                        "{'version':1,'topic':'room:lobby','seq':1,'action':'room_event',"
                                + "'payload':{'body':'hi','author':'ann'}}"),
                ann.receive(2));
    }

    @Test
    void membersAndWhatWasSaidSurviveARestart() throws Exception {
        Peer ann = member("ann").connect(LOBBY);
        ann.receive(3);
        ann.send("{'action':'chat','payload':'remember'}");
        ann.receive(1);

        program.close();
        program = new TypedChat(Settings.DEFAULT.at(0).in(folder));

        assertEquals(1001, ann.closeCode());
        Peer back = Browser.loggedIn(program.port(), "ann").connect(LOBBY);
        assertEquals(
                "{'action':'history','payload':[{'username':'ann','message':'remember','timestamp':'NOW'}]}",
                back.receive(2).get(1));
    }

    @Test
    void aRoomsPageIsForThoseWhoAreLoggedInAndMakesThemMembers() throws Exception {
        var ann = new Browser(program.port());

        assertRedirect("/login?next=%2Fchat%2Flobby%2F", ann.get("/chat/lobby/"));
        ann.post("/login", "username", "ann");
        assertRedirect("/chat/lobby/", ann.get("/chat/lobby"));
        HttpResponse<String> page = ann.get("/chat/lobby/");

        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("data-room-id=\"lobby\" data-username=\"ann\""), page.body());
        assertEquals(404, ann.get("/chat/nowhere/").statusCode());
        assertTrue(ann.cookie().startsWith("sessionid="), ann.cookie());
    }

    @Test
    void whoLeavesARoomIsOutOfIt() throws Exception {
        Browser ann = member("ann");
        Peer socket = ann.connect(LOBBY);
        socket.receive(3);

        assertRedirect("/", ann.post("/chat/lobby/leave", "", ""));

        assertEquals(4403, socket.closeCode());
        assertRefused(403, "Forbidden", 4403, ann.connect(LOBBY));
    }

    @Test
    void theProtocolIsDescribedForProgramsAndForPeople() throws Exception {
        var anyone = new Browser(program.port());

        JsonNode document =
                new ObjectMapper().readTree(anyone.get("/asyncapi.json").body());
        String page = anyone.get("/asyncapi").body();

        assertEquals("3.0.0", document.path("asyncapi").asText());
        for (String word : List.of("/ws/chat/{room_id}/", "room:{id}", "user_joined", "authentication", "room_event")) {
            assertTrue(document.toString().contains(word), word);
            assertTrue(page.contains(word), word);
        }
    }

    @Test
    void pagesEscapeWhatUsersWrite() throws Exception {
        Browser ann = Browser.loggedIn(program.port(), "ann");

        HttpResponse<String> made = ann.post("/rooms", "name", "<script>alert(1)</script>");
        String path = made.headers().firstValue("Location").orElseThrow();

        assertFalse(ann.get("/").body().contains("<script>alert"));
        assertFalse(ann.get(path).body().contains("<script>alert"));
        assertEquals(400, ann.post("/login", "username", "<b>").statusCode());
        assertTrue(ann.get("/")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("")
                .startsWith("default-src 'none'"));
    }

    @Test
    void formsAreTakenFromOurOwnPagesOnly() throws Exception {
        Browser ann = Browser.loggedIn(program.port(), "ann");

        assertEquals(
                403,
                ann.postFrom("https://evil.example", "/rooms", "name", "Trap").statusCode());
        assertEquals(
                302,
                ann.postFrom("http://localhost:" + program.port(), "/rooms", "name", "Attic")
                        .statusCode());
        // with "no-referrer" browsers would send the origin "null" with our own forms too
        assertEquals(
                "same-origin",
                ann.get("/").headers().firstValue("Referrer-Policy").orElse(""));
    }

    private Browser member(String username) throws Exception {
        Browser browser = Browser.loggedIn(program.port(), username);
        browser.get("/chat/lobby/");
        return browser;
    }

    private static void assertRedirect(String location, HttpResponse<?> response) {
        assertEquals(302, response.statusCode());
        assertEquals(location, response.headers().firstValue("Location").orElse(""));
    }
}

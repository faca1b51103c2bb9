package io.channelbox.examples.system;

import static io.channelbox.examples.system.ChatRequests.assertRefused;
import static io.channelbox.examples.system.ChatRequests.group;
import static io.channelbox.examples.system.ChatRequests.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may come into a group by themselves, and who of those in it is here. */
@Timeout(120)
class MembersResourcesTest {

    private RunningChat program;
    private ChatClient ann;
    private ChatClient bob;
    private ChatClient cid;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        program = RunningChat.in(folder);
        ann = ChatClient.login(program.port(), "ann");
        bob = ChatClient.login(program.port(), "bob");
        cid = ChatClient.login(program.port(), "cid");
    }

    @AfterEach
    void stop() {
        program.close();
    }

    @Test
    void whoIsAllowedToJoinsAPrivateGroupByThemselves() throws Exception {
        long id = group(ann, "cid");
        String allowed = "/conversations/" + id + "/allowed";

        assertRefused(bob.post("/conversations/" + id + "/join", ""));
        assertTrue(ok(ann.put(allowed + "/bob", "")).path("success").asBoolean());
        assertFalse(ok(ann.put(allowed + "/bob", "")).path("success").asBoolean());
        assertFalse(ok(ann.put(allowed + "/cid", "")).path("success").asBoolean());
        assertTrue(ok(ann.delete(allowed + "/bob")).path("success").asBoolean());
        assertFalse(ok(ann.delete(allowed + "/bob")).path("success").asBoolean());
        ok(ann.put(allowed + "/bob", ""));

        assertEquals(List.of("bob"), ok(ann.get(allowed)).findValuesAsText("user_id"));
        assertEquals(
                Long.toString(id), ok(bob.get("/groups/allowed")).at("/0/id").asText());
        assertEquals(0, ok(cid.get("/groups/allowed")).size());
        assertRefused(bob.get(allowed));
        assertRefused(bob.put(allowed + "/cid", ""));
        ok(bob.post("/conversations/" + id + "/join", ""));
        assertEquals(0, ok(ann.get(allowed)).size());
    }

    @Test
    void ofWhoIsOfflineItIsToldWhenTheyWereLastSeen() throws Exception {
        long id = group(ann, "bob", "cid");
        String path = "/conversations/" + id + "/presence";
        try (ChatClient.Listening bobs = bob.listen(id)) {
            bobs.next();
            assertEquals(
                    List.of("offline", "online", "offline"), ok(ann.get(path)).findValuesAsText("status"));
        }
        try (ChatClient.Listening anns = ann.listen(id)) {
            anns.next();
            anns.nextPresence("bob", "offline");
        }

        JsonNode people = ok(ann.get(path));
        assertEquals(List.of("ann", "bob", "cid"), people.findValuesAsText("user_id"));
        assertEquals("offline", people.at("/1/status").asText());
        assertTrue(people.at("/1/last_active").isTextual(), people::toString);
        assertTrue(people.at("/2/last_active").isNull(), people::toString);
        assertRefused(cid.get("/conversations/" + (id + 1_000) + "/presence"));
    }
}

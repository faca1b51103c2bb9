package io.channelbox.examples.system;

import static io.channelbox.examples.system.ChatRequests.group;
import static io.channelbox.examples.system.ChatRequests.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The group that everybody finds themselves in who is in no conversation yet. */
@Timeout(120)
class MainGroupTest {

    @TempDir
    private Path folder;

    private RunningChat start() {
        return RunningChat.in(folder, "--chat.main-group=Main Discussion");
    }

    @Test
    void whoIsInNoConversationYetIsInTheSameOneAlsoAfterARestart() throws Exception {
        long bobs;
        try (RunningChat program = start()) {
            bobs = onlyGroupOf(ChatClient.login(program.port(), "bob"));
        }

        try (RunningChat program = start()) {
            assertEquals(bobs, onlyGroupOf(ChatClient.login(program.port(), "cid")));
            assertEquals(bobs, onlyGroupOf(ChatClient.login(program.port(), "ann")));
        }
    }

    @Test
    void whoIsInAnotherOneStaysThere() throws Exception {
        try (RunningChat program = start()) {
            ChatClient ann = ChatClient.login(program.port(), "ann");
            long id = group(ann, "bob");

            assertEquals(
                    id,
                    onlyConversationOf(ChatClient.login(program.port(), "bob"))
                            .path("id")
                            .asLong());
        }
    }

    private static long onlyGroupOf(ChatClient user) throws Exception {
        JsonNode only = onlyConversationOf(user);
        assertEquals("Main Discussion", only.path("name").asText());
        return only.path("id").asLong();
    }

    private static JsonNode onlyConversationOf(ChatClient user) throws Exception {
        JsonNode all = ok(user.get("/conversations"));
        assertEquals(1, all.size());
        return all.get(0);
    }
}

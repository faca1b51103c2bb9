package io.channelbox.examples.system;

import static io.channelbox.examples.system.ChatRequests.assertWrong;
import static io.channelbox.examples.system.ChatRequests.group;
import static io.channelbox.examples.system.ChatRequests.ok;
import static io.channelbox.examples.system.ChatRequests.say;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.conversation.Conversations;
import io.channelbox.examples.system.operation.Upkeeping;
import io.channelbox.examples.system.uploads.Uploads;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of somebody can be had and taken away, and what is old goes by itself. */
@Timeout(120)
class PersonalDataTest {

    private RunningChat program;
    private Path folder;
    private ChatClient ann;
    private ChatClient bob;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        program = RunningChat.in(folder);
        ann = ChatClient.login(program.port(), "ann");
        bob = ChatClient.login(program.port(), "bob");
    }

    @AfterEach
    void stop() {
        program.close();
    }

    @Test
    void onesDataIsHandedOverInPagesAndThenTakenAway() throws Exception {
        long id = group(ann, "bob");
        long first = say(bob, id, "one");
        say(bob, id, "two");
        say(ann, id, "not his");
        ok(bob.post("/messages/" + first + "/reactions", "{\"emoji\":\"👍\"}"));
        ok(bob.put("/blocks/cid", ""));
        ok(ann.put("/conversations/" + id + "/participants/bob", "{\"role\":\"admin\"}"));
        ok(bob.post("/messages/" + first + "/pin", ""));
        ok(bob.post("/conversations/" + id + "/invitations", "{\"uses\":2}"));
        ok(bob.post("/messages/" + say(ann, id, "spam") + "/report", "{\"reason\":\"spam\"}"));
        long open = group(ann, "cid");
        ok(ann.put("/conversations/" + open + "/allowed/bob", ""));

        assertEquals(List.of("one", "two"), export("messages", "content"));
        assertEquals(List.of("👍"), export("reactions", "emoji"));
        assertEquals(List.of("Group"), export("conversations", "name"));
        assertEquals(List.of("cid"), export("blocks", "user_id"));
        assertEquals(List.of(Long.toString(first)), export("pins", "message_id"));
        assertEquals(List.of("2"), export("invitations", "uses"));
        assertEquals(List.of("spam"), export("reports", "reason"));
        assertEquals(List.of(Long.toString(open)), export("groups", "id"));
        assertEquals(List.of(), export("presence", "last_seen"));
        assertWrong("query part", bob.get("/users/me/export?part=secrets"));
        assertWrong("query after", bob.get("/users/me/export?part=messages&after=x"));
        try (ChatClient.Listening there = bob.listen(id)) {
            there.next();

            ok(bob.delete("/users/me"));

            JsonNode last = there.next();
            while (!last.has("closed")) {
                last = there.next();
            }
            assertEquals(4401, last.path("closed").asInt());
        }
        assertEquals(401, bob.get("/conversations").status());
        assertEquals("", ChatClient.login(program.port(), "bob").token());
        JsonNode left = ok(ann.get("/conversations/" + id + "/messages"));
        assertEquals(List.of("not his", "spam"), left.findValuesAsText("content"));
        assertEquals(
                1, ok(ann.get("/conversations/" + id)).path("participant_count").asInt());
    }

    private List<String> export(String part, String field) throws Exception {
        List<String> all = new ArrayList<>();
        String page = "/users/me/export?limit=1&part=" + part;
        JsonNode some = ok(bob.get(page));
        while (some.path("next").isTextual()) {
            all.addAll(some.path("items").findValuesAsText(field));
            some = ok(bob.get(
                    page + "&after=" + URLEncoder.encode(some.path("next").asText(), UTF_8)));
        }
        all.addAll(some.path("items").findValuesAsText(field));
        return all;
    }

    @Test
    void aFileIsSeenWhereItWasForwardedAndGoesWithItsLastMessage() throws Exception {
        long from = group(ann, "bob");
        long to = group(ann, "cid");
        ChatClient cid = ChatClient.login(program.port(), "cid");
        String url = ok(ann.post("/conversations/" + from + "/uploads?name=a.txt", "text"))
                .path("url")
                .asText()
                .replace("/api/v1/chat", "");
        long message = ok(ann.post(
                        "/messages",
                        "{\"conversation_id\":%d,\"attachments\":[\"/api/v1/chat%s\"]}".formatted(from, url)))
                .path("id")
                .asLong();
        assertEquals(403, cid.status(url));

        ok(ann.post("/messages/" + message + "/forward", "{\"conversation_id\":%d}".formatted(to)));

        assertEquals(200, cid.status(url));
        removeAll(from);
        assertEquals(200, cid.status(url));
        removeAll(to);
        assertEquals(403, cid.status(url));
        program.application()
                .getBean(Uploads.class)
                .forgetUnattached(Instant.now().plusSeconds(60));
        try (var files = Files.list(folder.resolve("uploads"))) {
            assertEquals(0, files.count());
        }
    }

    /** As if all that was said there were too old. */
    private void removeAll(long conversation) throws Exception {
        program.application()
                .getBean(Conversations.class)
                .upkeep()
                .expire(each ->
                        each.id().value() == conversation ? Optional.of(Duration.ofNanos(1)) : Optional.empty());
    }

    @Test
    void whatIsTooOldGoesAndWhatIsSilentIsArchived() throws Exception {
        long id = group(ann, "bob");
        say(ann, id, "long ago");
        Conversations conversations = program.application().getBean(Conversations.class);

        new Upkeeping(conversations.upkeep(), Duration.ZERO, Duration.ZERO).work();
        assertEquals(1, ok(bob.get("/conversations/" + id + "/messages")).size());
        new Upkeeping(conversations.upkeep(), Duration.ofNanos(1), Duration.ofNanos(1)).work();

        assertEquals(0, ok(bob.get("/conversations/" + id + "/messages")).size());
        assertFalse(ok(bob.get("/conversations/" + id)).path("is_active").asBoolean());
    }
}

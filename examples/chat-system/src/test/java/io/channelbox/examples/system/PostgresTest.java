package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.examples.system.ChatClient.Listening;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program with PostgreSQL, by the URL of the original. */
@Timeout(120)
class PostgresTest {

    @Test
    void whatIsSaidIsThereAfterARestart(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String url = "--chat.database-url=postgres://postgres:postgres@localhost:%d/postgres"
                    .formatted(server.getPort());
            long id;
            try (RunningChat program = RunningChat.in(folder, url)) {
                ChatClient ann = ChatClient.login(program.port(), "ann");
                id = ann.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"hello\"}")
                        .body()
                        .path("id")
                        .asLong();
                try (Listening there = ann.listen(id)) {
                    there.next();
                    ann.post("/messages", "{\"conversation_id\":%d,\"content\":\"there?\"}".formatted(id));
                    assertEquals("there?", there.next().at("/message/content").asText());
                }
            }

            try (RunningChat program = RunningChat.in(folder, url)) {
                ChatClient bob = ChatClient.login(program.port(), "bob");
                JsonNode listed = bob.get("/conversations").body().path(0);

                assertEquals(id, listed.path("id").asLong());
                assertEquals(2, listed.path("unread_count").asInt());
                assertEquals("there?", listed.path("last_message").asText());
            }
        }
    }
}

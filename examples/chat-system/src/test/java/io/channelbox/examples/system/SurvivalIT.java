package io.channelbox.examples.system;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.examples.system.ChatClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar, killed while people write a thousand messages: what was confirmed is there, once, and whoever writes again after that loses nothing. */
@Timeout(180)
class SurvivalIT {

    private static final int WRITERS = 3;
    private static final int EACH = 350;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatWasConfirmedIsThereOnceAndInTheOrderOfItsAuthor() throws Exception {
        try (Program program = Program.in(folder)) {
            ChatClient ann = ChatClient.login(program.port(), "ann");
            List<ChatClient> people =
                    List.of(ann, ChatClient.login(program.port(), "bob"), ChatClient.login(program.port(), "cid"));
            long id = ann.post(
                            "/conversations",
                            "{\"conversation_type\":\"group\",\"name\":\"Survival\",\"participant_ids\":[\"bob\",\"cid\"]}")
                    .body()
                    .path("id")
                    .asLong();
            Queue<String> confirmed = new ConcurrentLinkedQueue<>();
            var progress = new Semaphore(0);
            List<CompletableFuture<Void>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "w" + writer;
                ChatClient client = people.get(writer % people.size());
                writing.add(CompletableFuture.runAsync(() -> write(client, id, name, confirmed, progress), threads));
            }

            assertTrue(progress.tryAcquire(WRITERS * EACH / 2, 120, SECONDS), "nobody gets on");
            program.kill();
            program.start();
            CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new)).get(120, SECONDS);

            List<String> kept = read(ann, id);
            assertEquals(WRITERS * EACH, confirmed.size());
            assertEquals(kept.size(), new HashSet<>(kept).size(), "something is there twice");
            assertEquals(new HashSet<>(confirmed), new HashSet<>(kept));
            for (int writer = 0; writer < WRITERS; writer++) {
                String own = "w" + writer + " ";
                assertEquals(
                        confirmed.stream().filter(text -> text.startsWith(own)).toList(),
                        kept.stream().filter(text -> text.startsWith(own)).toList());
            }
        }
    }

    /** Says each until it is confirmed, always under the same id. */
    private static void write(ChatClient client, long id, String name, Queue<String> confirmed, Semaphore progress) {
        for (int i = 0; i < EACH; i++) {
            String text = name + " " + i;
            String body = "{\"conversation_id\":%d,\"content\":\"%s\",\"client_id\":\"%s\"}".formatted(id, text, text);
            while (!isConfirmed(client, body)) {
                Thread.onSpinWait();
            }
            confirmed.add(text);
            progress.release();
        }
    }

    private static boolean isConfirmed(ChatClient client, String body) {
        try {
            Answer answer = client.post("/messages", body);
            return answer.status() == 200;
        } catch (IOException gone) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> read(ChatClient client, long id) throws Exception {
        List<String> texts = new ArrayList<>();
        JsonNode page =
                client.get("/conversations/" + id + "/messages?limit=200").body();
        while (!page.isEmpty()) {
            texts.addAll(0, page.findValuesAsText("content"));
            page = client.get("/conversations/" + id + "/messages?limit=200&before_id="
                            + page.path(0).path("id").asLong())
                    .body();
        }
        return texts;
    }
}

package io.channelbox.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.history.HistoryEntry;
import io.channelbox.message.GroupName;
import io.channelbox.message.TextFrame;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledProgramTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void nothingThatWasConfirmedIsLostWhenTheProgramIsKilled() throws IOException, InterruptedException {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println("nothingThatWasConfirmedIsLostWhenTheProgramIsKilled: -Dchannelbox.seed=" + seed);
        Path file = folder.resolve("chat.db");

        List<String> confirmed = killedAfter(8_000 + new Random(seed).nextInt(8_000), SavingProgram.class, file);

        assertTrue(confirmed.size() < SavingProgram.SAVES, "killed in the middle");
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(file))) {
            Map<String, String> kept = new HashMap<>();
            for (GroupName room : stores.history().groups()) {
                List<HistoryEntry> entries =
                        StoresContract.allOf(stores.history(), room).entries();
                assertEquals(
                        LongStream.rangeClosed(1, entries.size()).boxed().toList(),
                        entries.stream().map(entry -> entry.position().offset()).toList());
                for (HistoryEntry entry : entries) {
                    kept.put(
                            room.value() + ' ' + entry.position().offset(),
                            ((TextFrame) entry.message().payload().frame()).text());
                }
            }
            for (String line : confirmed) {
                int space = line.lastIndexOf(' ');
                assertEquals(line.substring(space + 1), kept.get(line.substring(0, space)), "seed " + seed);
            }
        }
    }

    @Test
    @Timeout(60)
    void whatWasSentIsThereWithItsNumberWhenTheProgramIsKilled() throws IOException, InterruptedException {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println("whatWasSentIsThereWithItsNumberWhenTheProgramIsKilled: -Dchannelbox.seed=" + seed);
        Path file = folder.resolve("chat.db");

        List<String> confirmed = killedAfter(800 + new Random(seed).nextInt(800), SendingProgram.class, file);

        assertTrue(confirmed.size() < SendingProgram.MESSAGES, "killed in the middle");
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(file))) {
            Set<String> kept = new HashSet<>();
            for (ConversationSummary each : SendingProgram.list(stores)) {
                List<ChatMessage> messages = SendingProgram.messages(stores, each.conversation());
                assertEquals(each.conversation().lastSequence(), messages.size());
                messages.forEach(message -> kept.add(SendingProgram.line(message)));
            }
            assertTrue(kept.containsAll(confirmed), () -> "seed " + seed);
        }
    }

    /** Returns all that the program could say. */
    private static List<String> killedAfter(int lines, Class<?> main, Path file)
            throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out = program.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (said.size() == lines) {
                    program.toHandle().destroyForcibly(); // which, unlike that of the process, leaves what it said
                }
            }
        } finally {
            program.destroyForcibly();
        }
        program.waitFor();
        assertTrue(said.size() >= lines, () -> "ended by itself after " + said.size());
        return said;
    }
}

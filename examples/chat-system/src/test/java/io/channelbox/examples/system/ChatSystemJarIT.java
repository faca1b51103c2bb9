package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.examples.support.JarSuite;
import io.channelbox.examples.system.ChatClient.Listening;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatSystemJarIT extends JarSuite {

    @BeforeEach
    void everyProgramHasItsOwnFolder() {
        withEnvironment("CHAT_DATA", "data-${random.uuid}");
    }

    @Test
    void aFolderThatIsTakenIsOneClearLine() throws Exception {
        portToldBy(start("--port", "0", "--data", "shared"));

        String told = assertFailsInOneLine("--port", "0", "--data", "shared");

        assertTrue(told.contains("Another program has the folder shared"), told);
    }

    @Test
    void itTellsItsAddressServesAndLetsEverybodyGoWithinFiveSecondsOfSigterm() throws Exception {
        Process program = start("--port", "0", "--demo");
        int port = portToldBy(program);
        ChatClient ann = ChatClient.login(port, "ann");
        long id = ann.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"hello\"}")
                .body()
                .path("id")
                .asLong();
        Listening there = ann.listen(id);
        there.next();

        assertStopsWhenAsked(program);

        assertEquals(1001, there.next().path("closed").asInt());
    }

    @Test
    void aSecretThatIsTooShortIsOneClearLine() throws Exception {
        withEnvironment("SECRET_KEY", "short");

        String told = assertFailsInOneLine("--port", "0");

        assertTrue(told.contains("SECRET_KEY must have at least 32 bytes"), told);
    }

    @Test
    void aDatabaseThatIsNoneIsOneClearLine() throws Exception {
        withEnvironment("DATABASE_URL", "mysql://root:secret@localhost/chat");

        String told = assertFailsInOneLine("--port", "0");

        assertTrue(told.contains("DATABASE_URL must be"), told);
    }
}

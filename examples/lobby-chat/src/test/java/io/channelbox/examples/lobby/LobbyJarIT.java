package io.channelbox.examples.lobby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.examples.support.JarSuite;
import org.junit.jupiter.api.Test;

class LobbyJarIT extends JarSuite {

    @Test
    void itTellsItsAddressServesAndStopsWithinFiveSecondsOfSigterm() throws Exception {
        Process program = start("--port", "0");
        Visitor ann = Visitor.enter(portToldBy(program), "ann");
        assertEquals("ann joined.", ann.hear());

        assertStopsWhenAsked(program);

        assertEquals(1001, ann.closeCode());
        assertTrue(folder.resolve("logs/websocket.log").toFile().length() > 0);
    }

    @Test
    void aPortThatIsNotSaidIsOneClearLine() throws Exception {
        assertFailsInOneLine("--port");
    }
}

package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.examples.support.JarSuite;
import org.junit.jupiter.api.Test;

class TypedJarIT extends JarSuite {

    @Test
    void itTellsItsAddressServesAndStopsWithinFiveSecondsOfSigterm() throws Exception {
        Process program = start("--port", "0", "--demo");
        Peer ann = new Browser(portToldBy(program)).connect("/ws/chat/lobby/?user=ann");
        ann.receive(3);

        assertStopsWhenAsked(program);

        assertEquals(1001, ann.closeCode());
    }

    @Test
    void aFolderThatIsNotSaidIsOneClearLine() throws Exception {
        assertFailsInOneLine("--data");
    }
}

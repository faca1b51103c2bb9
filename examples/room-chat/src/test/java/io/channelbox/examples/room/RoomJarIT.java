package io.channelbox.examples.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.examples.support.JarSuite;
import org.junit.jupiter.api.Test;

class RoomJarIT extends JarSuite {

    @Test
    void itTellsItsAddressServesAndStopsWithinFiveSecondsOfSigterm() throws Exception {
        Process program = start("--port", "0", "--demo");
        Peer ann = Peer.connect(portToldBy(program), "/ws/chat/7?user=ann");
        ann.receive(2);

        assertStopsWhenAsked(program);

        assertEquals(1001, ann.closeCode());
    }

    @Test
    void aSecretThatIsTooShortIsOneClearLine() throws Exception {
        withEnvironment("ROOM_CHAT_SECRET", "short");

        String told = assertFailsInOneLine("--port", "0");

        assertTrue(told.contains("ROOM_CHAT_SECRET"), told);
    }
}

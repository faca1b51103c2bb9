package io.channelbox.jakarta.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.Frame;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblerTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "grüße", "€uro", "\uD83D\uDE00", "a\uD83D\uDE00b\uD83D\uDE00", "\0"})
    void aTextIsTheSameHoweverItIsCut(String text) {
        int size = text.getBytes(UTF_8).length;
        var assembler = new Assembler(Math.max(size, 1));

        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                assertEquals(Optional.empty(), assembler.text(text.substring(0, first), false));
                assertEquals(Optional.empty(), assembler.text(text.substring(first, second), false));
                assertEquals(Optional.of(Frame.text(text)), assembler.text(text.substring(second), true));
            }
        }
        assertFalse(assembler.isTooBig());
    }

    @Test
    void bytesAreTheSameHoweverTheyAreCut() {
        byte[] bytes = {1, 2, 3, -1};
        var assembler = new Assembler(bytes.length);

        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(Optional.empty(), assembler.binary(ByteBuffer.wrap(bytes, 0, cut), false));
            assertEquals(
                    Optional.of(Frame.binary(bytes)),
                    assembler.binary(ByteBuffer.wrap(bytes, cut, bytes.length - cut), true));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "€", "\uD83D\uDE00"})
    void theBoundIsInBytesAndMayBeReached(String character) {
        String text = character.repeat(10);
        int size = text.getBytes(UTF_8).length;

        var enough = new Assembler(size);
        assertTrue(enough.text(text, true).isPresent());

        var tooLittle = new Assembler(size - 1);
        assertTrue(tooLittle.text(text, true).isEmpty());
        assertTrue(tooLittle.isTooBig());
    }

    @Test
    void partsAreCountedTogether() {
        var assembler = new Assembler(4);

        assembler.text("ab", false);
        assembler.text("cd", false);
        assertFalse(assembler.isTooBig());

        assertTrue(assembler.text("e", true).isEmpty());
        assertTrue(assembler.isTooBig());
    }

    @Test
    void binaryPartsAreCountedTogether() {
        var assembler = new Assembler(4);

        assembler.binary(ByteBuffer.allocate(4), false);
        assertFalse(assembler.isTooBig());

        assertTrue(assembler.binary(ByteBuffer.allocate(1), true).isEmpty());
        assertTrue(assembler.isTooBig());
    }

    @Test
    void messagesAreCountedEachForItself() {
        var assembler = new Assembler(3);

        for (int i = 0; i < 10; i++) {
            assertTrue(assembler.text("abc", true).isPresent());
            assembler.binary(ByteBuffer.allocate(2), false);
            assertTrue(assembler.binary(ByteBuffer.allocate(1), true).isPresent());
        }
    }

    @Test
    void afterAMessageThatWasTooBigNothingIsTakenAnyMore() {
        var assembler = new Assembler(3);
        assembler.text("abcd", false);

        assertTrue(assembler.text("e", true).isEmpty());
        assertTrue(assembler.text("f", true).isEmpty());
        assertTrue(assembler.binary(ByteBuffer.allocate(1), true).isEmpty());
    }

    @Test
    void theContainersBufferIsItsOwnAgainAfterwards() {
        var assembler = new Assembler(3);
        byte[] reused = {1, 2, 3};

        Optional<Frame> frame = assembler.binary(ByteBuffer.wrap(reused), true);
        reused[0] = 9;

        assertEquals(Optional.of(Frame.binary(new byte[] {1, 2, 3})), frame);
    }
}

package io.channelbox.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseStatusTest {

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "😀", "ab😀", "a€é😀"})
    void aReasonIsCutToWhatACloseFrameHoldsAndNeverInsideACharacter(String part) {
        String reason = new CloseStatus(4000, part.repeat(200)).reason();

        int bytes = reason.getBytes(UTF_8).length;
        assertTrue(bytes <= 123 && bytes > 119, () -> bytes + " bytes");
        assertTrue(part.repeat(200).startsWith(reason));
        assertFalse(Character.isHighSurrogate(reason.charAt(reason.length() - 1)));
    }

    @Test
    void aReasonThatFitsIsKept() {
        assertEquals("x".repeat(123), new CloseStatus(1000, "x".repeat(123)).reason());
        assertEquals("bye", CloseStatus.NORMAL.because("bye").reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 5000})
    void aCodeThatIsNoneIsRefused(int code) {
        assertThrows(IllegalArgumentException.class, () -> new CloseStatus(code, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000, 4999})
    void theseMayStandInACloseFrame(int code) {
        assertTrue(new CloseStatus(code, "").isSendable());
    }

    @ParameterizedTest
    @ValueSource(ints = {1004, 1005, 1006, 1015, 1016, 2999})
    void theseOnlyReport(int code) {
        assertFalse(new CloseStatus(code, "").isSendable());
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1005, 1006, 1011, 1012, 1013, 4408, 4413, 4429})
    void theseInviteBack(int code) {
        assertTrue(new CloseStatus(code, "").invitesBack());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1003, 1008, 1009, 4400, 4401, 4403, 4404, 4409, 4410})
    void theseDoNot(int code) {
        assertFalse(new CloseStatus(code, "").invitesBack());
    }
}

package io.channelbox.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
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

    @Test
    void adviceWhenToComeBackIsReadAsItWasWritten() {
        CloseStatus advised = CloseStatus.GOING_AWAY.retryIn(Duration.ofMillis(2300));

        assertEquals("going away; retry in 2300 ms", advised.reason());
        assertEquals(Optional.of(Duration.ofMillis(2300)), advised.retryAfter());
        assertEquals(
                "retry in 0 ms",
                new CloseStatus(1013, "").retryIn(Duration.ZERO).reason());
        assertEquals(
                Optional.of(Duration.ZERO),
                new CloseStatus(1013, "").retryIn(Duration.ZERO).retryAfter());
    }

    @Test
    void newerAdviceReplacesOlder() {
        CloseStatus advised =
                CloseStatus.OVERLOAD.retryIn(Duration.ofSeconds(1)).retryIn(Duration.ofSeconds(2));

        assertEquals("try again later; retry in 2000 ms", advised.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e4", "\u4e2d", "\ud83d\ude00"})
    void aLongReasonMakesRoomForTheAdvice(String part) {
        CloseStatus advised = new CloseStatus(1013, part.repeat(200)).retryIn(Duration.ofDays(1));

        assertTrue(advised.reason().getBytes(UTF_8).length <= 123);
        assertTrue(advised.reason().startsWith(part));
        assertEquals(Optional.of(Duration.ofDays(1)), advised.retryAfter());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "going away",
                "retry in a while",
                "retry in -1 ms",
                "retry in 5 ms or so",
                "please retry in 5 ms",
                "retry in 99999999999 ms"
            })
    void whatIsNoAdviceIsNone(String reason) {
        assertEquals(Optional.empty(), CloseStatus.GOING_AWAY.because(reason).retryAfter());
    }

    @Test
    void nobodyIsToldToComeBackInThePastOrInAWeek() {
        assertThrows(IllegalArgumentException.class, () -> CloseStatus.OVERLOAD.retryIn(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> CloseStatus.OVERLOAD.retryIn(Duration.ofDays(7)));
    }
}

package io.channelbox.containers;

import static io.channelbox.containers.RawClient.CLOSE;
import static io.channelbox.containers.RawClient.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end, and what both sides are told. */
interface ClosingSuite extends Fixture {

    @Test
    default void aConsumerThatFailsEndsItsConnectionWith1011AndIsToldSo() throws Exception {
        String id = newId();
        try (Client ann = connect("/desk?id=" + id)) {
            ann.send("fail");

            CloseStatus closed = ann.closed();
            assertEquals(1011, closed.code());
            assertFalse(closed.reason().contains("secret"));
            assertEquals(1011, journal().end(id).code());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void codeAndReasonOfACloseArrive(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server().at("/desk"))) {
            ann.send("close-with 4001 because I say so");

            assertEquals(new CloseStatus(4001, "because I say so"), ann.closed());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void aCloseWithoutACodeIsNormal(Client.Kind kind) throws Exception {
        String id = newId();
        try (Client ann = kind.connect(server().at("/desk?id=" + id))) {
            ann.send("close");

            assertEquals(1000, ann.closed().code());
            assertEquals(1000, journal().end(id).code());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void theConsumerLearnsHowThePeerClosed(Client.Kind kind) throws Exception {
        String id = newId();
        try (Client ann = kind.connect(server().at("/desk?id=" + id))) {
            ann.close(new CloseStatus(4002, "bye"));

            CloseStatus end = journal().end(id);
            if (end.code() != 1006 || !quirks().contains(Quirk.MAY_FORGET_THE_PEERS_CODE)) {
                assertEquals(new CloseStatus(4002, "bye"), end);
            }
        }
    }

    @Test
    default void aPeerThatClosesWithoutACodeIsReportedAs1005() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/desk?id=" + id)) {
            ann.send(true, CLOSE, new byte[0]);

            int expected = quirks().contains(Quirk.REPORTS_NO_STATUS_AS_NORMAL) ? 1000 : 1005;
            assertEquals(expected, journal().end(id).code());
        }
    }

    @Test
    default void whatWasSaidBeforeTheCloseIsStillHandled() throws Exception {
        String id = newId();
        try (Client listener = connect("/rooms/last-words/live");
                RawClient ann = raw("/rooms/last-words/live?id=" + id)) {
            assertEquals("joined", listener.text());
            for (int i = 0; i < 50; i++) {
                ann.send("last words " + i);
            }
            ann.send(true, CLOSE, new byte[] {3, (byte) 0xE8});

            for (int i = 0; i < 50; i++) {
                assertEquals("last words " + i, listener.text());
            }
            assertEquals(1000, journal().end(id).code());
        }
    }

    @Test
    default void aConsumerCanRefuseOnConnectBeforeAnyFrame() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/refusing?id=" + id)) {
            RawClient.RawFrame first = ann.next();

            assertEquals(CLOSE, first.opcode());
            assertEquals(new CloseStatus(4003, "not today"), first.closeStatus());
            assertEquals(4003, journal().end(id).code());
        }
    }

    @Test
    default void aResetIsNoticedAtOnce() throws Exception {
        String id = newId();
        RawClient ann = raw("/desk?id=" + id);
        Channel channel = journal().open(id);

        ann.reset();

        assertEquals(1006, journal().end(id).code());
        assertTrue(box().channel(channel.id()).isEmpty());
    }

    @Test
    default void aPeerThatHangsUpIsNoticedAtOnce() throws Exception {
        String id = newId();
        RawClient ann = raw("/desk?id=" + id);
        journal().open(id);

        ann.close();

        assertEquals(1006, journal().end(id).code());
    }

    @Test
    default void aFrameAgainstTheProtocolEndsTheConnection() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/desk?id=" + id)) {
            ann.write(new byte[] {(byte) 0x83, (byte) 0x80, 1, 2, 3, 4}); // operation code 3 does not exist

            ann.untilEnd();
            int code = journal().end(id).code();
            assertTrue(code == 1002 || code == 1006, () -> "ended with " + code);
        }
    }

    @Test
    default void textThatIsNoUtf8EndsTheConnection() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/desk?id=" + id)) {
            ann.send(true, TEXT, new byte[] {'a', (byte) 0xC3, 'b', (byte) 0xFF});

            ann.untilEnd();
            int code = journal().end(id).code();
            assertTrue(code == 1007 || code == 1002 || code == 1006, () -> "ended with " + code);
        }
    }
}

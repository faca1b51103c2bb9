package io.channelbox.containers;

import static io.channelbox.containers.RawClient.BINARY;
import static io.channelbox.containers.RawClient.CONTINUATION;
import static io.channelbox.containers.RawClient.PING;
import static io.channelbox.containers.RawClient.PONG;
import static io.channelbox.containers.RawClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.consumer.ConsumerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large a message may be, in one piece and in many. */
interface SizesSuite extends Fixture {

    /** The default. */
    int LARGEST = ConsumerOptions.DEFAULT.largestMessage();

    @Test
    default void aMessageOfExactlyTheLargestSizePasses() throws Exception {
        try (RawClient ann = raw("/desk")) {
            ann.send("length " + "x".repeat(LARGEST - 7));
            assertEquals(Integer.toString(LARGEST), ann.text());

            String threeBytes = "length " + "€".repeat((LARGEST - 7) / 3);
            assertEquals(LARGEST, threeBytes.getBytes(UTF_8).length);
            ann.send(threeBytes);
            assertEquals(Integer.toString(threeBytes.length()), ann.text());
        }
    }

    @Test
    default void aMessageInFragmentsIsPutTogetherEvenWhereACharacterIsCut() throws Exception {
        try (RawClient ann = raw("/desk")) {
            byte[] message = "grüße \uD83D\uDE00 €".getBytes(UTF_8);
            ann.send(false, TEXT, new byte[0]);
            for (byte each : message) {
                ann.send(false, CONTINUATION, new byte[] {each});
            }
            ann.send(true, CONTINUATION, new byte[0]);

            assertEquals("Echo: grüße \uD83D\uDE00 €", ann.text());
        }
    }

    @Test
    default void aPingBetweenFragmentsIsAnswered() throws Exception {
        try (RawClient ann = raw("/bytes")) {
            ann.send(false, BINARY, new byte[] {1});
            ann.send(true, PING, new byte[] {9, 9});
            RawClient.RawFrame pong = ann.next();
            ann.send(true, CONTINUATION, new byte[] {2});

            assertEquals(PONG, pong.opcode());
            assertArrayEquals(new byte[] {9, 9}, pong.payload());
            assertArrayEquals(new byte[] {42, 1, 2}, ann.next().payload());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    default void oneByteMoreInOneFrameClosesWith1009(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            ann.send(true, opcode, "x".repeat(LARGEST + 1).getBytes(UTF_8));

            assertEquals(1009, ann.closeFrame().closeStatus().code());
            assertEquals(1009, journal().end(id).code());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    default void oneByteMoreInFragmentsClosesWith1009(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            byte[] fragment = "x".repeat(1024).getBytes(UTF_8);
            ann.send(false, opcode, fragment);
            for (int sent = 1024; sent < LARGEST; sent += 1024) {
                ann.send(false, CONTINUATION, fragment);
            }
            ann.send(true, CONTINUATION, new byte[] {'x'});

            assertEquals(1009, ann.closeFrame().closeStatus().code());
            assertEquals(1009, journal().end(id).code());
        }
    }

    @Test
    default void aMountMayAllowMore() throws Exception {
        try (Client ann = connect("/large")) {
            String message = "length " + "é".repeat(700_000);

            assertEquals(Integer.toString(message.length()), ann.ask(message));
        }
        try (RawClient bob = raw("/large")) {
            bob.send(true, TEXT, "x".repeat((2 << 20) + 1).getBytes(UTF_8));

            assertEquals(1009, bob.closeFrame().closeStatus().code());
        }
    }

    /** Who is closed while it still sends may find the connection reset before it has read why. */
    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    default void aMessageThatNeverEndsClosesWith1009(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            byte[] fragment = "x".repeat(1024).getBytes(UTF_8);
            ann.send(false, opcode, fragment);
            boolean taken = true;
            for (int sent = 1024; taken && sent < 2 * LARGEST; sent += 1024) {
                taken = ann.sendUnlessDropped(CONTINUATION, fragment);
            }

            assertEquals(1009, journal().end(id).code());
            assertEquals(0, ann.framesUntilClosed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    default void aFrameThatPromisesAGigabyteIsNotWaitedFor(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            ann.begin(true, opcode, 1 << 30);
            ann.continueWith("x".repeat(LARGEST).getBytes(UTF_8));
            ann.continueWith("xxxx".repeat(1 << 12).getBytes(UTF_8)); // what a container may hold back

            if (quirks().contains(Quirk.COLLECTS_FRAMES)) {
                ann.reset();
                assertEquals(1006, journal().end(id).code());
            } else {
                assertEquals(1009, journal().end(id).code());
                assertEquals(0, ann.framesUntilClosed());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void aMegabyteLeavesWhole(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server().at("/desk"))) {
            String large = ann.ask("large " + (1 << 20));

            assertEquals("é".repeat(1 << 19), large);
        }
    }
}

package io.channelbox.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.message.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent and how it is answered. */
interface MessagesSuite extends Fixture {

    @ParameterizedTest
    @EnumSource
    default void textIsAnsweredWithText(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server().at("/desk"))) {
            assertEquals("Echo: Hello Consumer", ann.ask("Hello Consumer"));
            assertEquals("Echo: grüße \uD83D\uDE00", ann.ask("grüße \uD83D\uDE00"));
            assertEquals("Echo: ", ann.ask(""));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void bytesAreAnsweredWithBytes(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server().at("/bytes"))) {
            ann.send(new byte[] {0, -1, 7});

            assertEquals(Frame.binary(new byte[] {42, 0, -1, 7}), ann.next());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void jsonIsAnsweredCompactAndUnescaped(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server().at("/json"))) {
            assertEquals("{\"received\":{\"text\":\"hellö\",\"n\":1}}", ann.ask("{ \"text\": \"hellö\", \"n\": 1 }"));
        }
    }

    @Test
    default void jsonMayComeInABinaryFrame() throws Exception {
        try (Client ann = connect("/json")) {
            ann.send("{\"text\":\"x\",\"n\":2}".getBytes(UTF_8));

            assertEquals("{\"received\":{\"text\":\"x\",\"n\":2}}", ann.text());
        }
    }

    @Test
    default void everyConnectionHasAConsumerOfItsOwn() throws Exception {
        try (Client ann = connect("/desk");
                Client bob = connect("/desk")) {
            assertEquals("1", ann.ask("count"));
            assertEquals("2", ann.ask("count"));
            assertEquals("3", ann.ask("count"));
            assertEquals("1", bob.ask("count"));
        }
        try (Client annAgain = connect("/desk")) {
            assertEquals("1", annAgain.ask("count"));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void whatIsSentOnConnectIsTheFirstFrame(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server().at("/greeter"))) {
            ann.send("hi");

            assertEquals("Welcome", ann.text());
            assertEquals("You said hi", ann.text());
        }
    }

    @Test
    default void twoEndpointsKeepTheirOwnCodecs() throws Exception {
        try (Client text = connect("/desk");
                Client json = connect("/json")) {
            assertEquals("Echo: {\"n\":1}", text.ask("{\"n\":1}"));
            assertEquals("{\"received\":{\"text\":null,\"n\":1}}", json.ask("{\"n\":1}"));
        }
    }

    @Test
    default void aBinaryFrameForATextEndpointClosesWith1003() throws Exception {
        try (Client ann = connect("/desk")) {
            ann.send(new byte[] {1});

            assertEquals(1003, ann.closed().code());
        }
    }

    @Test
    default void aTextFrameForABinaryEndpointClosesWith1003() throws Exception {
        try (Client ann = connect("/bytes")) {
            ann.send("text");

            assertEquals(1003, ann.closed().code());
        }
    }

    @Test
    default void jsonThatCannotBeReadIsAnsweredAndTheConnectionLives() throws Exception {
        try (Client ann = connect("/json")) {
            JsonNode error = JSON.readTree(ann.ask("{not json"));

            assertEquals("error", error.path("type").asText());
            assertEquals("malformed", error.path("code").asText());
            assertEquals("{\"received\":{\"text\":\"y\",\"n\":3}}", ann.ask("{\"text\":\"y\",\"n\":3}"));
        }
    }
}

package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.readme.Words.Attachment.Link;
import io.channelbox.readme.Words.Attachment.Picture;
import io.channelbox.readme.Words.Ping;
import io.channelbox.readme.Words.Say;
import io.channelbox.readme.Words.Url;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {

    private final TypedJsonCodec<Words> flat = TypedJsonCodec.of(Words.class, JsonStyle.DEFAULT);

    private final TypedJsonCodec<Words> inPayload = TypedJsonCodec.of(
            Words.class,
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE));

    @Test
    void oneProtocolInTwoStyles() {
        var say = new Say("hi", Optional.of("lobby"), List.of(new Picture("a.png", 40), new Link(new Url("b"))));

        assertEquals(
                Frame.text("{\"type\":\"say\",\"text\":\"hi\",\"roomName\":\"lobby\",\"attachments\":"
                        + "[{\"type\":\"picture\",\"url\":\"a.png\",\"width\":40},{\"type\":\"link\",\"url\":\"b\"}]}"),
                flat.encode(say));
        assertEquals(
                Frame.text(
                        "{\"action\":\"say\",\"payload\":{\"text\":\"hi\",\"room_name\":\"lobby\",\"attachments\":"
                                + "[{\"action\":\"picture\",\"url\":\"a.png\",\"width\":40},{\"action\":\"link\",\"url\":\"b\"}]}}"),
                inPayload.encode(say));
        assertEquals(Frame.text("{\"action\":\"ping\",\"payload\":null}"), inPayload.encode(new Ping()));
    }

    @Test
    void everyMistakeIsToldWithItsPlace() {
        Frame wrong =
                Frame.text("{\"action\":\"say\",\"payload\":{\"text\":7,\"attachments\":[{\"action\":\"picture\"}]}}");

        PeerException refused = assertThrows(PeerException.class, () -> inPayload.decode(wrong));

        assertEquals(
                List.of(
                        new Problem("payload.text", "must be a text"),
                        new Problem("payload.attachments[0].width", "is missing")),
                refused.problems());
    }

    @Test
    void aValidatorIsAskedToo() {
        TypedJsonCodec<Words> polite = inPayload.validatedBy(
                message -> message instanceof Say say && say.text().equals("bah")
                        ? List.of(new Problem("text", "is rude"))
                        : List.of());

        PeerException refused = assertThrows(
                PeerException.class,
                () -> polite.decode(Frame.text("{\"action\":\"say\",\"payload\":{\"text\":\"bah\"}}")));

        assertEquals("'payload.text' is rude", refused.text());
    }
}

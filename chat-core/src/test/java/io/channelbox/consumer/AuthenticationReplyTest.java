package io.channelbox.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.AuthResult.Reason;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuthenticationReplyTest {

    private static final ConsumerOptions TELLING = ConsumerOptions.DEFAULT.tellingOfAuthentication();
    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    private final TestBox test = new TestBox();
    private final RecordingConnection connection = new RecordingConnection();

    @AfterEach
    void closeBox() {
        test.box.close(Duration.ZERO);
    }

    @Test
    void whoIsAcceptedIsToldSoBeforeAnythingElse() {
        enter(new Typed(), TELLING);

        assertEquals(
                List.of(
                        "{\"action\":\"authentication\",\"payload\":{\"status_code\":200,\"status_text\":\"OK\",\"data\":{\"detail\":\"OK\"}}}",
                        "{\"action\":\"hello\",\"payload\":null}"),
                connection.texts());
    }

    @Test
    void unlessAskedForNobodyIsTold() {
        enter(new Typed(), ConsumerOptions.DEFAULT);

        assertEquals(List.of("{\"action\":\"hello\",\"payload\":null}"), connection.texts());
    }

    @ParameterizedTest
    @CsvSource({
        "NO_CREDENTIAL, 401, Unauthorized, 4401",
        "NOT_AUTHENTICATED, 401, Unauthorized, 4401",
        "FORBIDDEN, 403, Forbidden, 4403",
        "NOT_FOUND, 404, Not Found, 4404",
        "TOO_MANY, 429, Too Many Requests, 4429",
        "FAILED, 500, Internal Server Error, 1011"
    })
    void whoIsRefusedIsToldSoAndClosed(Reason reason, int status, String name, int closeCode) {
        refuse(new Typed(), reason);

        assertEquals(
                List.of("{\"action\":\"authentication\",\"payload\":{\"status_code\":" + status + ",\"status_text\":\""
                        + name + "\",\"data\":{\"detail\":\"not you\"}}}"),
                connection.texts());
        assertEquals(List.of(new CloseStatus(closeCode, "not you")), connection.closes());
        assertTrue(test.box.channels().isEmpty());
        assertTrue(test.events.isEmpty());
    }

    @Test
    void whoIsRefusedIsClosedWhenTheFrameHasLeft() {
        connection.sending(Sends.LATER);

        refuse(new Typed(), Reason.FORBIDDEN);
        assertEquals(List.of(), connection.closes());
        connection.completeNext();
        test.executor.run();

        assertEquals(1, connection.closes().size());
    }

    @ParameterizedTest
    @EnumSource(
            value = Sends.class,
            names = {"TWICE", "LYING", "FAILING", "THROWING", "THROWING_ERROR"})
    void whoIsRefusedIsClosedOnceWhateverBecomesOfTheFrame(Sends sends) {
        connection.sending(sends);

        refuse(new Typed(), Reason.FORBIDDEN);

        assertEquals(List.of(new CloseStatus(4403, "not you")), connection.closes());
    }

    @Test
    void whoIsRefusedIsClosedAlsoByAConsumerThatFails() {
        refuse(
                new Typed() {
                    @Override
                    protected Object authenticationReply(AuthResult result) {
                        throw new IllegalStateException("secret");
                    }
                },
                Reason.FORBIDDEN);

        assertEquals(List.of(), connection.texts());
        assertEquals(List.of(new CloseStatus(4403, "not you")), connection.closes());
    }

    @Test
    void aConsumerMaySpeakAnotherDialect() {
        Supplier<Typed> consumers = () -> new Typed() {
            @Override
            protected Object authenticationReply(AuthResult result) {
                return Map.of("welcome", result instanceof AuthResult.Accepted);
            }
        };
        enter(consumers.get(), TELLING);
        refuse(consumers.get(), Reason.FORBIDDEN);

        assertEquals("{\"welcome\":true}", connection.texts().get(0));
        assertEquals("{\"welcome\":false}", connection.texts().get(2));
    }

    @Test
    void inTextItIsALine() {
        refuse(
                new ChannelConsumer<String>() {
                    @Override
                    protected void onReceive(Channel me, String message) {}
                },
                Reason.FORBIDDEN);

        assertEquals(List.of("authentication: 403 not you"), connection.texts());
    }

    @Test
    void inBytesItIsThatLine() {
        refuse(
                new ChannelConsumer<byte[]>() {
                    @Override
                    protected void onReceive(Channel me, byte[] message) {}
                },
                Reason.FORBIDDEN);

        BinaryFrame told = (BinaryFrame) connection.frames().get(0);
        assertEquals(Frame.binary("authentication: 403 not you".getBytes(UTF_8)), told);
    }

    @Test
    void aConsumerIsForOneConnectionAlsoWhenThatIsRefused() {
        var consumer = new Typed();
        refuse(consumer, Reason.FORBIDDEN);

        assertThrows(IllegalStateException.class, () -> enter(consumer, TELLING));
    }

    private void enter(ChannelConsumer<?> consumer, ConsumerOptions options) {
        ConsumerSession.open(test.box, consumer, connection, Handshake.at("/").build(), User.named("ann"), options);
        test.executor.run();
    }

    private void refuse(ChannelConsumer<?> consumer, Reason reason) {
        ConsumerSession.refuse(test.box, consumer, connection, new AuthResult.Rejected(reason, "not you"));
        test.executor.run();
    }

    @TypeName("hello")
    record Hello() {}

    static class Typed extends ChannelConsumer<Hello> {

        @Override
        protected Codec<Hello> codec() {
            return TypedJsonCodec.of(Hello.class, STYLE);
        }

        @Override
        protected void onConnect(Channel me) {
            me.send(new Hello());
        }

        @Override
        protected void onReceive(Channel me, Hello message) {}
    }
}

package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Recipient;
import io.channelbox.broker.Signal;
import io.channelbox.codec.Content;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.TextCodec;
import io.channelbox.history.Retention;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.UserId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes between nodes, as bytes. */
class EnvelopesTest {

    private static final GroupName ROOM = GroupName.of("room", "grüße");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final UserId ANN = new UserId("ann");
    private static final Payload PAYLOAD = new Payload("json", Frame.text("{\"text\":\"grüße \uD83D\uDE00\"}"));

    private static Publication publication(Object payload, PublishOptions options, Optional<Payload> kept) {
        return new Publication(
                MessageId.at(NOW),
                ROOM,
                NOW,
                Content.of(payload),
                options,
                kept.map(each -> new Publication.Keep(each, Retention.DEFAULT)));
    }

    private static Recipient recipient(ChannelId id, String user) {
        return new Recipient() {
            @Override
            public ChannelId id() {
                return id;
            }

            @Override
            public User user() {
                return User.named(user);
            }

            @Override
            public String format() {
                return "json";
            }
        };
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        ChannelId speaking = ChannelId.random();
        ChannelId other = ChannelId.random();
        PublishOptions options = PublishOptions.DEFAULT
                .from(ANN)
                .ofKind("said")
                .withIdempotencyKey("k 1")
                .except(other)
                .exceptUser(new UserId("bob"))
                .onlyIn("json")
                .markedAsSaidBy(recipient(speaking, "ann"));
        Publication said = publication(PAYLOAD, options, Optional.of(PAYLOAD));

        Envelopes.Carried carried = Envelopes.read(ROOM, Envelopes.write(said, "node-1"));

        Publication read = carried.publication();
        assertEquals("node-1", carried.node());
        assertEquals(said.id(), read.id());
        assertEquals(NOW, read.sentAt());
        assertEquals(options, read.options());
        assertEquals(PAYLOAD, read.keep().orElseThrow().payload());
        assertEquals(PAYLOAD.frame(), read.content().in(JsonCodec.of(Object.class)));
    }

    @Test
    void whatIsKeptIsReadAsTheMessageItWas() {
        var message = new Message(
                MessageId.at(NOW),
                ROOM,
                Optional.of(ANN),
                "picture",
                NOW,
                new Payload("binary", Frame.binary(new byte[] {0, 1, -1})),
                Optional.of("k"));

        assertEquals(message, Envelopes.readMessage(ROOM, Envelopes.write(message)));
    }

    @Test
    void aTextIsToldInTheFormatOfWhoeverReadsIt() {
        Envelopes.Carried carried = Envelopes.read(
                ROOM, Envelopes.write(publication("hello", PublishOptions.DEFAULT, Optional.empty()), "n"));

        Content content = carried.publication().content();
        assertEquals(Frame.text("hello"), content.in(TextCodec.PLAIN));
        assertEquals(Frame.text("\"hello\""), content.in(JsonCodec.of(Object.class)));
    }

    @Test
    void allThatWasWrittenIsCarried() {
        Content content = Content.of(Map.of("text", "hello"));
        content.in(JsonCodec.of(Object.class));
        var said = new Publication(MessageId.at(NOW), ROOM, NOW, content, PublishOptions.DEFAULT, Optional.empty());

        Envelopes.Carried carried = Envelopes.read(ROOM, Envelopes.write(said, "n"));

        assertEquals(
                List.of(new Payload("json", Frame.text("{\"text\":\"hello\"}"))),
                carried.publication().content().written().stream().distinct().toList());
    }

    @Test
    void whatIsNoMessageIsReadAsWhatItIs() {
        for (PublishOptions options : List.of(
                PublishOptions.DEFAULT.asState("seen:ann"),
                PublishOptions.DEFAULT.asEphemeral(),
                PublishOptions.DEFAULT.asMessage(),
                PublishOptions.DEFAULT.asEvent())) {
            Publication read = Envelopes.read(ROOM, Envelopes.write(publication("a", options, Optional.empty()), "n"))
                    .publication();

            assertEquals(options.delivery(), read.options().delivery());
            assertEquals(options.recipient(), read.options().recipient());
        }
    }

    @Test
    void whatHasAConditionIsForTheNodeThatKnowsTheCondition() {
        PublishOptions some = PublishOptions.DEFAULT.onlyTo(recipient -> true);

        assertTrue(Envelopes.read(ROOM, Envelopes.write(publication("a", some, Optional.empty()), "n"))
                .hereOnly());
    }

    @Test
    void aLaterReleaseMayAddWhatThisOneDoesNotKnow() {
        byte[] known = Envelopes.write(publication("a", PublishOptions.DEFAULT, Optional.empty()), "n");
        ByteBuffer later = ByteBuffer.allocate(known.length + 5).put(known);
        later.put((byte) 120).put((byte) 3).put(new byte[] {1, 2, 3});

        Envelopes.Carried carried = Envelopes.read(ROOM, later.array());

        assertEquals(Frame.text("a"), carried.publication().content().in(TextCodec.PLAIN));
    }

    @Test
    void anEarlierReleaseMayLackAllButTheIdTheTimeAndThePayload() {
        var fields = new FieldWriter(Envelopes.VERSION);
        MessageId id = MessageId.at(NOW);
        fields.uuid(1, id.value());
        fields.number(2, 1_772_366_400L);
        fields.number(2, 0);
        fields.text(3, "text");
        fields.text(4, "hello");

        Publication read = Envelopes.read(ROOM, fields.bytes()).publication();

        assertEquals(id, read.id());
        assertEquals(PublishOptions.DEFAULT, read.options());
    }

    @Test
    void anotherVersionIsRefusedAsAWhole() {
        byte[] known = Envelopes.write(publication("a", PublishOptions.DEFAULT, Optional.empty()), "n");
        byte[] signal = Signals.write(new Signal.Kick(ROOM, ANN), "n");
        known[0] = 2;
        signal[0] = 2;

        assertThrows(MalformedEnvelopeException.class, () -> Envelopes.read(ROOM, known));
        assertThrows(MalformedEnvelopeException.class, () -> Envelopes.readMessage(ROOM, known));
        assertThrows(MalformedEnvelopeException.class, () -> Signals.read(signal));
    }

    @Test
    void anInboxIsNamedAsOne() {
        GroupName inbox = GroupName.inboxOf(ANN);

        assertEquals(inbox, Envelopes.group(inbox.value()));
        assertEquals(ROOM, Envelopes.group(ROOM.value()));
    }

    static List<Signal> signals() {
        return List.of(
                new Signal.Disconnect(ANN, 4403, "banned"),
                new Signal.Close(ChannelId.random(), 4409, "replaced"),
                new Signal.Kick(ROOM, ANN),
                new Signal.Ban(ANN, Optional.of(ROOM), Duration.ofMinutes(3)),
                new Signal.Ban(ANN, Optional.empty(), Duration.ZERO),
                new Signal.Cleared(Optional.of(ROOM)),
                new Signal.Cleared(Optional.empty()),
                new Signal.Missed("inbox"),
                new Signal.PresenceChanged(GroupName.inboxOf(ANN), Set.of(ANN, new UserId("bob"))),
                new Signal.Typing(ROOM, ANN, "Ann", ChannelId.random(), true),
                new Signal.Heard(Map.of(ANN, 7, new UserId("bob"), 9)),
                new Signal.Heard(Map.of()));
    }

    @ParameterizedTest
    @MethodSource("signals")
    void aSignalIsReadAsItWasWritten(Signal signal) {
        assertEquals(
                new Signals.Told("n", Optional.of(signal), Optional.empty(), false),
                Signals.read(Signals.write(signal, "n")));
    }

    @Test
    void aBanForEverLastsAsLongAsCanBeWritten() {
        var ban = new Signal.Ban(ANN, Optional.empty(), Duration.ofSeconds(Long.MAX_VALUE));

        Signal read = Signals.read(Signals.write(ban, "n")).signal().orElseThrow();

        assertTrue(((Signal.Ban) read).time().toDays() > 365_000);
    }

    @Test
    void aSignalOfALaterReleaseMeansNothing() {
        var fields = new FieldWriter(1);
        fields.text(1, "n");
        fields.text(2, "yodel");

        assertEquals(new Signals.Told("n", Optional.empty(), Optional.empty(), false), Signals.read(fields.bytes()));
    }

    @Test
    void aFarewellIsReadAsItWasWritten() {
        assertEquals(
                new Signals.Told("n", Optional.empty(), Optional.empty(), true), Signals.read(Signals.leaving("n")));
    }

    @Test
    void whateverBytesComeTheyAreReadOrRefused() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] envelope = Envelopes.write(
                publication(PAYLOAD, PublishOptions.DEFAULT.from(ANN).withIdempotencyKey("k"), Optional.of(PAYLOAD)),
                "n");
        byte[] signal = Signals.write(new Signal.Typing(ROOM, ANN, "Ann", ChannelId.random(), true), "n");
        for (int i = 0; i < 20_000; i++) {
            readOrRefuse(spoilt(envelope, random), seed);
            readOrRefuse(spoilt(signal, random), seed);
        }
    }

    private static byte[] spoilt(byte[] bytes, Random random) {
        byte[] copy = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 4));
        for (int i = random.nextInt(4); i >= 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static void readOrRefuse(byte[] bytes, long seed) {
        try {
            Envelopes.read(ROOM, bytes);
        } catch (MalformedEnvelopeException expected) {
            // refused
        } catch (RuntimeException | Error e) {
            throw new AssertionError("with seed " + seed, e);
        }
        try {
            Signals.read(bytes);
        } catch (MalformedEnvelopeException expected) {
            // refused
        } catch (RuntimeException | Error e) {
            throw new AssertionError("with seed " + seed, e);
        }
    }
}

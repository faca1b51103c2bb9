package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Content;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.PlainWords;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrappedContentTest {

    private static final GroupName ROOM = GroupName.of("room");

    private final TestBox test = new TestBox();
    private final EnvelopeRecorder codec = new EnvelopeRecorder();
    private final Channel speaker = test.enter("speaker", codec).channel();

    @Test
    void aMarkedBroadcastToAThousandMembersMakesAHandfulOfEnvelopes() {
        List<Membership> members = new ArrayList<>();
        IntStream.range(0, 499)
                .forEach(i -> members.add(live(test.enter("user-" + i, codec).channel())));
        IntStream.range(0, 499)
                .forEach(i -> members.add(topic(test.enter("member-" + i, codec).channel())));
        members.add(live(test.enter("speaker", codec).channel()));
        members.add(topic(speaker));
        var wrapped = wrapped(PublishOptions.DEFAULT.markedAsSaidBy(speaker));

        members.forEach(wrapped::forMember);

        assertEquals(4, codec.envelopes.size());
        assertEquals(4, wrapped.size());
    }

    @Test
    void whoGetsTheSameSharesTheFrame() {
        var wrapped = wrapped(PublishOptions.DEFAULT.markedAsSaidBy(speaker));

        Frame anns = wrapped.forMember(live(test.enter("ann", codec).channel()));
        Frame bobs = wrapped.forMember(live(test.enter("bob", codec).channel()));

        assertSame(anns, bobs);
    }

    @Test
    void whatIsNotMarkedAndInNoTopicNeedsNoEnvelope() {
        var wrapped = wrapped(PublishOptions.DEFAULT);

        wrapped.forMember(live(speaker));

        assertEquals(List.of(), codec.envelopes);
        assertEquals(0, wrapped.size());
    }

    @Test
    void theEnvelopeOfATopicNamesItAndTheNumberInIt() {
        wrapped(PublishOptions.DEFAULT).forMember(topic(speaker));

        assertEquals(List.of(Envelope.NONE.topic("room").seq(42)), codec.envelopes);
    }

    private static WrappedContent wrapped(PublishOptions options) {
        var now = new TestBox().time.instant();
        var publication = new Publication(MessageId.at(now), ROOM, now, Content.of("hello"), options, Optional.empty());
        return new WrappedContent(publication, Optional.of(new StreamPosition("epoch", 42)));
    }

    private static Membership live(Channel channel) {
        return Membership.live(channel, ROOM);
    }

    private static Membership topic(Channel channel) {
        return Membership.ofTopic(channel, ROOM, PlainWords.INSTANCE);
    }

    /** Writes plain text, and notes what was to be put around it. */
    private static final class EnvelopeRecorder implements Codec<String> {

        private final List<Envelope> envelopes = new ArrayList<>();

        @Override
        public String format() {
            return "recorded";
        }

        @Override
        public Frame encode(Object payload) {
            return TextCodec.PLAIN.encode(payload);
        }

        @Override
        public String decode(Frame frame) {
            return TextCodec.PLAIN.decode(frame);
        }

        @Override
        public Frame wrap(Frame written, Envelope envelope) {
            envelopes.add(envelope);
            return written;
        }
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.broker.PublishOptions;
import io.channelbox.cluster.FakeNodes;
import io.channelbox.codec.Envelope;
import io.channelbox.fake.Peer;
import io.channelbox.fake.PlainWords;
import io.channelbox.fake.TestBox;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members are told what of a stream will never come. */
class LostTest {

    private static final GroupName ROOM = GroupName.of("room");

    private final FakeNodes.Node node = new FakeNodes().node();
    private final TestBox test = new TestBox(builder -> builder.broker(node));
    private final Group room = test.box.group(ROOM);

    private Peer topicOf(String user) {
        Peer peer = test.enter(user);
        room.joinAsTopic(peer.channel(), CatchUp.NOTHING, PlainWords.INSTANCE, Envelope.NONE);
        return peer;
    }

    private StreamPosition say(String text) {
        return room.broadcast(text, PublishOptions.DEFAULT.savingHistory())
                .position()
                .orElseThrow();
    }

    private void lose(StreamPosition after, StreamPosition upTo) {
        node.receiver().lost(ROOM, after, upTo);
        node.receiver().flush();
    }

    @Test
    void everyMemberThatFollowsTheStreamIsToldOnceAndNobodyElse() {
        Peer ann = topicOf("ann");
        Peer bob = topicOf("bob");
        Peer plain = test.enter("eve", ROOM.value());
        StreamPosition one = say("one");
        var upTo = new StreamPosition(one.epoch(), 3);

        lose(one, upTo);
        lose(one, upTo);

        List<String> told = List.of("started at ?", "started at 0", "one", "lost 1 to 3 TRIMMED");
        assertEquals(told, ann.texts());
        assertEquals(told, bob.texts());
        assertEquals(List.of("one"), plain.texts());
    }

    @Test
    void inAnotherEpochItIsSaidToBeOne() {
        Peer ann = topicOf("ann");
        StreamPosition one = say("one");

        lose(one, new StreamPosition("another", 0));

        assertEquals("lost 1 to 0 EPOCH", ann.texts().get(3));
    }

    @Test
    void aMemberWhoseWordsFailKeepsNobodyElseFromBeingTold() {
        Peer broken = test.enter("broken");
        var failing = new StreamWords() {
            @Override
            public boolean follows() {
                return false;
            }

            @Override
            public Object started(StreamStart start) {
                return "started";
            }

            @Override
            public Object lost(Loss loss) {
                throw new IllegalStateException("no word for it");
            }

            @Override
            public Object broken() {
                return "broken";
            }
        };
        room.joinAsTopic(broken.channel(), CatchUp.NOTHING, failing, Envelope.NONE);
        Peer ann = topicOf("ann");
        StreamPosition one = say("one");

        lose(one, new StreamPosition(one.epoch(), 3));

        assertEquals("lost 1 to 3 TRIMMED", ann.texts().get(ann.texts().size() - 1));
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.cluster.FakeNodes;
import io.channelbox.codec.Content;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is said on one node is told on the other. */
class TravelTest {

    private static final GroupName ROOM = GroupName.of("room");
    private static final TextCodec SHOUTING = TextCodec.of("shouted", payload -> payload + "!");

    record Point(int x, int y) {}

    @TypeName("done")
    record Done(String what) {}

    private final FakeNodes nodes = new FakeNodes();
    private final FakeNodes.Node firstNode = nodes.node();
    private final FakeNodes.Node secondNode = nodes.node();
    private final TestBox first = box(firstNode, UnaryOperator.identity());
    private final TestBox second = box(secondNode, UnaryOperator.identity());

    private static TestBox box(FakeNodes.Node node, UnaryOperator<ChannelBox.Builder> settings) {
        return new TestBox(builder -> settings.apply(builder.broker(node).eventTypes(Point.class, Done.class)));
    }

    private static List<Object> eventsOf(TestBox box, String user) {
        List<Object> events = new ArrayList<>();
        Peer peer = box.enter(user, ROOM.value());
        peer.channel().onEvent(events::add);
        return events;
    }

    @Test
    void anObjectIsToldInTheFormatOfWhoeverIsThere() {
        Peer json = second.enter("ann", JsonCodec.of(Object.class));
        second.box.group(ROOM).join(json.channel());

        first.box.group(ROOM).broadcast(new Point(1, 2));

        assertEquals(List.of("{\"x\":1,\"y\":2}"), json.texts());
    }

    @Test
    void aFormatThatWasSpokenHereBeforeIsWrittenForOthers() {
        first.enter("eve"); // who speaks text
        Peer text = second.enter("ann", ROOM.value());

        first.box.group(ROOM).broadcast(new Point(1, 2));

        assertEquals(List.of("Point[x=1, y=2]"), text.texts());
    }

    @Test
    void aFormatThatOnlyOthersSpeakIsWrittenIfTheBoxIsToldOfIt() {
        TestBox third = box(nodes.node(), builder -> builder.codecs(SHOUTING));
        Peer shouting = second.enter("ann", SHOUTING);
        second.box.group(ROOM).join(shouting.channel());

        third.box.group(ROOM).broadcast(new Point(1, 2));

        assertEquals(List.of("Point[x=1, y=2]!"), shouting.texts());
    }

    @Test
    void whoCannotBeToldKeepsNobodyElseFromIt() {
        Peer shouting = second.enter("ann", SHOUTING);
        second.box.group(ROOM).join(shouting.channel());
        Peer json = second.enter("bob", JsonCodec.of(Object.class));
        second.box.group(ROOM).join(json.channel());

        first.box.group(ROOM).broadcast(new Point(1, 2));

        assertEquals(List.of(), shouting.texts());
        assertEquals(List.of("{\"x\":1,\"y\":2}"), json.texts());
    }

    @Test
    void textAndFramesGoAsTheyAre() {
        Peer ann = second.enter("ann", ROOM.value());

        first.box.group(ROOM).broadcast("hello");
        first.box.group(ROOM).broadcast(Frame.text("as it is"));

        assertEquals(List.of("hello", "as it is"), ann.texts());
    }

    @Test
    void whatCannotBeWrittenIsToldToNobody() {
        Peer here = first.enter("ann", ROOM.value());

        assertThrows(IllegalArgumentException.class, () -> first.box.group(ROOM).broadcast(new Object()));

        assertEquals(List.of(), here.texts());
    }

    @Test
    void aConditionHoldsHereAndOthersGetNothing() {
        Peer here = first.enter("ann", ROOM.value());
        Peer there = second.enter("bob", ROOM.value());

        first.box.group(ROOM).broadcast("some", PublishOptions.DEFAULT.onlyTo(recipient -> true));
        first.box.group(ROOM).broadcast("common", PublishOptions.DEFAULT.varying(each -> Optional.of("own")));

        assertEquals(List.of("some", "own"), here.texts());
        assertEquals(List.of("common"), there.texts());
    }

    @Test
    void whoIsInTwoOfSeveralGroupsGetsItOnceOnEveryNode() {
        Peer here = first.enter("ann", "a");
        first.box.group("b").join(here.channel());
        Peer there = second.enter("bob", "a");
        second.box.group("b").join(there.channel());
        Peer inOne = second.enter("eve", "b");

        first.box.broadcast(
                List.of(GroupName.of("a"), GroupName.of("b"), GroupName.of("c")), "hello", PublishOptions.DEFAULT);

        assertEquals(List.of("hello"), here.texts());
        assertEquals(List.of("hello"), there.texts());
        assertEquals(List.of("hello"), inOne.texts());
    }

    @Test
    void whatWasSaidToSeveralGroupsIsForgottenWhenItHasComeForAllOrSomeSecondsAreOver() {
        var unions = new Unions(first.time::nanoTime);
        Publication toTwo = publication(2);

        assertSame(unions.of(toTwo), unions.of(toTwo));
        assertEquals(0, unions.size());
        unions.of(publication(2));
        for (int i = 0; i < 11_000; i++) {
            unions.of(publication(2));
        }
        assertTrue(unions.size() <= 10_001);
        first.time.pass(Duration.ofSeconds(10));
        unions.sweep();
        assertEquals(0, unions.size());
    }

    private static Publication publication(int groups) {
        Instant now = Instant.EPOCH;
        return new Publication(
                MessageId.at(now), ROOM, now, Content.of("hi"), PublishOptions.DEFAULT, Optional.empty(), groups);
    }

    @Test
    void eventsOfRegisteredClassesReachConsumersElsewhere() {
        List<Object> here = eventsOf(first, "ann");
        List<Object> there = eventsOf(second, "bob");
        var point = new Point(1, 2);

        for (Object event : List.of(point, new Done("it"), "text", Map.of("a", "b"), Frame.text("frame"))) {
            first.box.group(ROOM).broadcast(event, PublishOptions.DEFAULT.asEvent());
        }

        assertSame(point, here.get(0));
        assertEquals(List.of(point, new Done("it"), "text", Map.of("a", "b"), Frame.text("frame")), there);
    }

    @Test
    void bytesReachConsumersElsewhere() {
        List<Object> there = eventsOf(second, "bob");

        first.box.group(ROOM).broadcast(new byte[] {1, 2}, PublishOptions.DEFAULT.asEvent());

        assertArrayEquals(new byte[] {1, 2}, (byte[]) there.get(0));
    }

    @Test
    void anEventOfAClassThatIsNotRegisteredIsRefusedWithTheCure() {
        List<Object> here = eventsOf(first, "ann");

        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> first.box.group(ROOM).broadcast(Optional.of("x"), PublishOptions.DEFAULT.asEvent()));

        assertTrue(String.valueOf(refusal.getMessage()).contains("eventTypes(Optional.class)"), refusal::getMessage);
        assertEquals(List.of(), here);
    }

    @Test
    void anEventThatCannotBeReadReachesNobodyAndHurtsNothing() {
        List<Object> there = eventsOf(second, "bob");
        var broken = Content.carried(List.of(new Payload("event:Point", Frame.text("{"))));
        Instant now = Instant.EPOCH;

        var deliveries = secondNode
                .receiver()
                .receive(
                        new Publication(
                                MessageId.at(now),
                                ROOM,
                                now,
                                broken,
                                PublishOptions.DEFAULT.asEvent(),
                                Optional.empty()),
                        Optional.empty());
        first.box.group(ROOM).broadcast("next", PublishOptions.DEFAULT.asEvent());

        assertEquals(1, deliveries.dropped());
        assertEquals(List.of("next"), there);
    }

    @Test
    void twoEventsOfOneNameAndThoseWithoutObjectsAreRefused() {
        record Other(int x) {}
        ChannelBox.Builder builder = ChannelBox.builder().eventTypes(Point.class, Outer.Point.class);
        assertThrows(IllegalArgumentException.class, builder::build);
        ChannelBox.Builder abstractOnes = ChannelBox.builder().eventTypes(Runnable.class);
        assertThrows(IllegalArgumentException.class, abstractOnes::build);
        ChannelBox.builder().eventTypes(Other.class, Other.class).build().close();
    }

    private static final class Outer {
        record Point(int x) {}
    }
}

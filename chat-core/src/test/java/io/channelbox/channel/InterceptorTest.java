package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What interceptors do to frames on their way out. Those on their way in are the consumer session's. */
class InterceptorTest {

    @Test
    void whatGoesOutPassesTheLastOneFirst() {
        var test = new TestBox(builder -> builder.intercept(adding("<a>")).intercept(adding("<b>")));
        Peer ann = test.enter("ann", "room");

        ann.channel().send("x");
        test.box.group("room").broadcast("y");

        assertEquals(List.of("x<b><a>", "y<b><a>"), ann.texts());
    }

    @Test
    void whatFollowsAFrameThatWasHeldForAHistoryPassesThemToo() {
        var test = new TestBox(builder -> builder.intercept(adding("<a>")));
        Peer ann = test.enter(Opening.of(User.named("ann"), TextCodec.PLAIN).withTrailer(Frame.text("end")));

        test.box.group("room").joinWithHistory(ann.channel(), HistoryQuery.latest(1), (page, out) -> {
            test.box.group("room").broadcast("said meanwhile");
            out.accept("page");
        });

        assertEquals(List.of("page<a>", "said meanwhile<a>", "end<a>"), ann.texts());
    }

    @Test
    void aSwallowedFrameCountsAsSentAndReachesNoOtherInterceptor() {
        var seen = new ArrayList<String>();
        var test = new TestBox(builder -> builder.intercept(noting(seen)).intercept(swallowing("secret")));
        Peer ann = test.enter("ann");

        assertEquals(SendResult.QUEUED, ann.channel().send("secret"));
        assertEquals(SendResult.QUEUED, ann.channel().send("open"));

        assertEquals(List.of("open"), ann.texts());
        assertEquals(List.of("open"), seen);
    }

    @Test
    void anInterceptorThatThrowsKeepsTheFrameFromThatMemberOnly() {
        var test = new TestBox(builder -> builder.intercept(new ChannelInterceptor() {
            @Override
            public Optional<Frame> onOutbound(Channel channel, Frame frame) {
                if (channel.user().name().equals("bob")) {
                    throw new AssertionError("not for bob");
                }
                return Optional.of(frame);
            }
        }));
        Peer ann = test.enter("ann", "room");
        test.enter("bob", "room");
        Peer cid = test.enter("cid", "room");

        BroadcastResult result = test.box.group("room").broadcast("hello");

        assertEquals(2, result.queued());
        assertEquals(1, result.dropped());
        assertEquals(List.of("hello"), ann.texts());
        assertEquals(List.of("hello"), cid.texts());
    }

    @Test
    void aReplayedHistoryPassesThemToo() {
        var test = new TestBox(builder -> builder.intercept(adding("!")));
        Group room = test.box.group("room");
        room.broadcast("old", PublishOptions.DEFAULT.savingHistory());
        Peer ann = test.enter("ann");

        room.joinWithHistory(
                ann.channel(),
                HistoryQuery.latest(10),
                page -> "page of " + page.entries().size());

        assertEquals(List.of("page of 1!"), ann.texts());
    }

    private static ChannelInterceptor adding(String mark) {
        return outbound(frame -> Optional.of(Frame.text(text(frame) + mark)));
    }

    private static ChannelInterceptor swallowing(String unwanted) {
        return outbound(frame -> text(frame).equals(unwanted) ? Optional.empty() : Optional.of(frame));
    }

    private static ChannelInterceptor noting(List<String> seen) {
        return outbound(frame -> {
            seen.add(text(frame));
            return Optional.of(frame);
        });
    }

    private interface Outbound {
        Optional<Frame> pass(Frame frame);
    }

    private static ChannelInterceptor outbound(Outbound way) {
        return new ChannelInterceptor() {
            @Override
            public Optional<Frame> onOutbound(Channel channel, Frame frame) {
                return way.pass(frame);
            }
        };
    }

    private static String text(Frame frame) {
        return ((TextFrame) frame).text();
    }
}

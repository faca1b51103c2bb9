package io.channelbox.benchmarks.servers.netty;

import io.channelbox.benchmarks.servers.PlainText;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/** One client. It is closed when it is too far behind. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails is a channel that closes.
final class Member extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private final Rooms rooms;

    Member(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        String text = frame.text();
        if (PlainText.isJoin(text)) {
            rooms.join(PlainText.roomToJoin(text), context.channel());
            context.writeAndFlush(new TextWebSocketFrame(text));
        } else {
            rooms.publish(PlainText.roomOf(text), Frames.encode(frame.content()));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            context.close();
        }
    }
}

package io.channelbox.readme;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;

final class BoardConsumer extends TypedConsumer<BoardConsumer.Request> {

    sealed interface Request {}

    @TypeName("post")
    record Post(String text) implements Request {}

    @TypeName("whisper")
    record Whisper(String to, String text) implements Request {}

    @TypeName("ping")
    record Ping() implements Request {}

    @TypeName("posted")
    record Posted(String by, String text) {}

    @TypeName("pong")
    record Pong() {}

    record Job(String name, int percent) {} // an event: peers never see it

    @TypeName("progress")
    record Progress(String text) {}

    private Group board;

    @Override
    protected void onConnect(Channel me) {
        board = group("board:" + me.handshake().path("id"));
        board.join(me);
    }

    @Override
    protected void handlers(Handlers<Request> on) {
        on.answer(Ping.class, ping -> new Pong());
        on.answer(Post.class, this::post);
        on.on(Whisper.class, this::whisper);
        on.answerEvent(Job.class, job -> new Progress(job.name() + ": " + job.percent() + " %"));
        on.sends(Posted.class, Pong.class, Progress.class);
    }

    private BroadcastResult post(Post post) {
        return board.broadcast(
                new Posted(channel().user().name(), post.text()),
                PublishOptions.DEFAULT.savingHistory().markedAsSaidBy(channel()));
    }

    private void whisper(Whisper whisper) {
        if (whisper.to().equals(channel().user().name())) {
            throw new PeerException("alone", "nobody whispers to themselves");
        }
        sendToUser(new UserId(whisper.to()), new Posted(channel().user().name(), whisper.text()));
    }
}

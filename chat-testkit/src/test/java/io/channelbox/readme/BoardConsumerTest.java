package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Envelope.Mark;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.ErrorReply;
import io.channelbox.readme.BoardConsumer.Job;
import io.channelbox.readme.BoardConsumer.Ping;
import io.channelbox.readme.BoardConsumer.Pong;
import io.channelbox.readme.BoardConsumer.Post;
import io.channelbox.readme.BoardConsumer.Posted;
import io.channelbox.readme.BoardConsumer.Progress;
import io.channelbox.readme.BoardConsumer.Whisper;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BoardConsumerTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/board/{id}", BoardConsumer::new);

    @Test
    void aRefIsAnsweredByTheReplyTheAcknowledgementOrTheError() {
        TestClient ann = chat.user("ann").connect("/board/7");

        ann.send(new Ping(), "1");
        ann.send(new Whisper("ann", "psst"), "2");
        ann.send(new Post("hello"), "3");

        assertEquals(Optional.of("1"), ann.receiveEnveloped(Pong.class).ref());
        assertEquals(Optional.of("2"), ann.receiveEnveloped(ErrorReply.class).ref());
        assertEquals(Optional.empty(), ann.receiveEnveloped(Posted.class).ref());
        assertEquals(1, ann.receive(Ack.class).position().orElseThrow().offset());
    }

    @Test
    void everyoneIsToldWhetherAMessageIsTheirs() {
        TestClient ann = chat.user("ann").connect("/board/7");
        TestClient bob = chat.user("bob").connect("/board/7");

        ann.send(new Post("hello"));

        assertEquals(
                Optional.of(Mark.MINE_AND_CURRENT),
                ann.receiveEnveloped(Posted.class).mark());
        assertEquals(
                Optional.of(Mark.NOT_MINE), bob.receiveEnveloped(Posted.class).mark());
    }

    @Test
    void anEventOfTheApplicationIsHandledOnEachConnection() {
        TestClient ann = chat.user("ann").connect("/board/7");

        chat.box().group("board:7").broadcast(new Job("import", 50), PublishOptions.DEFAULT.asEvent());

        assertEquals(new Progress("import: 50 %"), ann.receive(Progress.class));
        assertTrue(chat.box().group("board:7").historyStats().count() == 0);
    }
}

package io.channelbox.docs.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.auth.User;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.docs.testing.ChatConsumer.Said;
import io.channelbox.docs.testing.ChatConsumer.Say;
import io.channelbox.message.PeerException;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.Received;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicsTest {

    static final class RoomTopic extends Topic<Say> {

        @Override
        protected void authorize(User user) {
            if (param("id").equals("staff") && !user.roles().contains("staff")) {
                throw new PeerException(TopicError.UNAUTHORIZED, "staff only");
            }
        }

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(user().name(), say.text())));
        }
    }

    private static final Topics TOPICS = Topics.in(JsonStyle.DEFAULT).topic("room:{id}", RoomTopic::new);

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/ws/topics", TOPICS.hub());

    @Test
    void aTopicIsReadForItself() {
        TestClient ann = chat.user("ann").connect("/ws/topics");
        TestTopic lobby = ann.subscribe("room:lobby");
        TestTopic attic = ann.subscribe("room:attic");

        lobby.ask(new Say("hello"), Ack.class);

        assertEquals(
                new Received<>(
                        new Said("ann", "hello"),
                        Envelope.NONE.topic("room:lobby").seq(1)),
                lobby.receiveEnveloped(Said.class));
        attic.assertSilent();
        ann.assertCannotSubscribe("room:staff", TopicError.UNAUTHORIZED);
    }
}

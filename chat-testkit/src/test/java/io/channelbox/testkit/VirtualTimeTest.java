package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.User;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.event.ChatEvent;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What takes its time takes none in a test. */
class VirtualTimeTest {

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/echo", Echo::new)
            .and("/short", ConsumerOptions.DEFAULT.expiringAfter(Duration.ofMinutes(5)), Echo::new)
            .and("/slow", () -> new Slow(answer))
            .authenticate(handshake -> AuthResult.accept(User.named("ann"), Instant.parse("2026-01-01T00:01:00Z")))
            .with(box -> box.limits(Limits.NONE.withMessagesPerChannel(Rate.perSecond(2))));

    @TypeName("question")
    record Question() {}

    @TypeName("answer")
    record Answer(int number) {}

    /** Answers when it knows. */
    static class Slow extends TypedConsumer<Question> {

        private final CompletableFuture<Answer> answer;

        Slow(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        protected void handlers(Handlers<Question> on) {
            on.answerLater(Question.class, question -> answer);
        }
    }

    @Test
    void aChannelExpiresWhenNothingHappensOnIt() {
        TestClient ann = chat.user("ann").connect("/short");

        chat.advance(Duration.ofMinutes(4));
        ann.send("still here");
        chat.advance(Duration.ofMinutes(4));
        ann.assertAuthenticated();
        chat.advance(Duration.ofMinutes(2));

        ann.assertClosed(CloseStatus.EXPIRED.code());
    }

    @Test
    void aSilentPeerIsPingedAllDay() {
        TestClient ann = chat.user("ann").connect("/echo");

        chat.advance(Duration.ofHours(24));

        assertTrue(ann.pings() > 1_000, "was pinged " + ann.pings() + " times");
        ann.assertAuthenticated();
    }

    @Test
    void anAnswerThatTakesLongIsNoticedAndComesWhenItIsThere() {
        TestClient ann = chat.user("ann").connect("/slow");

        ann.send(new Question());
        chat.advance(Duration.ofSeconds(20));
        assertFalse(isStuck(ann));
        chat.advance(Duration.ofSeconds(20));
        assertTrue(isStuck(ann));
        ann.assertSilent();
        answer.complete(new Answer(42));

        assertEquals(new Answer(42), ann.receive(Answer.class));
    }

    private boolean isStuck(TestClient client) {
        return chat.events()
                .contains(new ChatEvent.ConsumerStuck(client.channel().id()));
    }

    @Test
    void aRateIsEarnedWithTime() {
        TestClient ann = chat.user("ann").connect("/echo");

        ann.send("one");
        ann.send("two");
        ann.send("three");
        assertEquals("one", ann.receive());
        assertEquals("two", ann.receive());
        assertTrue(ann.receive().startsWith("error"));
        chat.advance(Duration.ofSeconds(1));
        ann.send("four");

        assertEquals("four", ann.receive());
    }

    @Test
    void aCredentialEndsOnTime() {
        TestClient ann = chat.anyone().connect("/echo");

        chat.advance(Duration.ofSeconds(58));
        ann.assertAuthenticated();
        chat.advance(Duration.ofSeconds(5));

        ann.assertClosed(CloseStatus.NOT_AUTHENTICATED.code());
    }
}

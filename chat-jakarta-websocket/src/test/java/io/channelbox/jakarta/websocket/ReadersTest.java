package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.message.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which thread a consumer works on. */
class ReadersTest {

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final ChannelBox box = ChannelBox.builder().executor(executor::add).build();
    private final List<String> told = new ArrayList<>();
    private final ThreadKind here = ThreadKind.ofThisThread();
    private Consumer<String> receiving = text -> {};

    @AfterEach
    void closeBox() {
        box.close(Duration.ZERO);
    }

    private final class Noting extends ChannelConsumer<String> {

        @Override
        protected void onReceive(Channel me, String text) {
            told.add(text);
            receiving.accept(text);
        }
    }

    @Test
    void aThreadLikeThatOfTheHandshakeWorksForTheConsumer() {
        new Readers(1).deliver(Frame.text("a"), connected(), here);

        assertEquals(List.of("a"), told);
    }

    @Test
    void aThreadOfAnotherKindLeavesTheWorkToTheExecutor() {
        new Readers(1).deliver(Frame.text("a"), connected(), new ThreadKind("another"));

        assertEquals(List.of(), told);
        runExecutor();
        assertEquals(List.of("a"), told);
    }

    @Test
    void aConsumerThatNeverBlocksWorksOnAnyThread() {
        ConsumerSession session = connected(ConsumerOptions.DEFAULT.neverBlocking());

        new Readers(0).deliver(Frame.text("a"), session, here);
        new Readers(1).deliver(Frame.text("b"), session, new ThreadKind("another"));

        assertEquals(List.of("a", "b"), told);
    }

    @Test
    void whereNoThreadIsToSpareTheExecutorWorks() {
        new Readers(0).deliver(Frame.text("a"), connected(), here);

        assertEquals(List.of(), told);
        runExecutor();
        assertEquals(List.of("a"), told);
    }

    @Test
    void noMoreConsumersWorkHereThanAQuarterOfTheThreadsToSpare() {
        var readers = new Readers(8);
        ConsumerSession second = connected();
        ConsumerSession third = connected();
        receiving = text -> {
            switch (text) {
                case "a" -> readers.deliver(Frame.text("b"), second, here);
                case "b" -> readers.deliver(Frame.text("c"), third, here);
                default -> {}
            }
        };

        readers.deliver(Frame.text("a"), connected(), here);

        assertEquals(List.of("a", "b"), told);
        runExecutor();
        assertEquals(List.of("a", "b", "c"), told);
    }

    @Test
    void aThreadThatWasKeptIsToSpareAgainWhateverTheCallbackThrew() {
        var readers = new Readers(1);
        receiving = text -> {
            throw new AssertionError("an application's");
        };
        readers.deliver(Frame.text("a"), connected(), here);

        readers.deliver(Frame.text("b"), connected(), here);

        assertEquals(List.of("a", "b"), told);
    }

    private ConsumerSession connected() {
        return connected(ConsumerOptions.DEFAULT);
    }

    private ConsumerSession connected(ConsumerOptions options) {
        ConsumerSession session = ConsumerSession.open(
                box, new Noting(), new Deaf(), Handshake.at("/").build(), User.named("ann"), options);
        runExecutor();
        return session;
    }

    private void runExecutor() {
        for (Runnable next = executor.poll(); next != null; next = executor.poll()) {
            next.run();
        }
    }

    /** Takes everything and does nothing. */
    private static final class Deaf implements Connection {

        @Override
        public void send(Frame frame, Completion completion) {
            completion.succeeded();
        }

        @Override
        public void ping(Completion completion) {
            completion.succeeded();
        }

        @Override
        public void close(CloseStatus status) {}
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MembershipTest {

    private static final Terms TERMS = Terms.message(OverflowPolicy.CLOSE);

    private final Peer peer = new TestBox().enter("ann");
    private final Membership membership = Membership.holding(peer.channel(), GroupName.of("room"));
    private final CompletableFuture<Thread> other = new CompletableFuture<>();

    /** What is being queued when somebody else says the next thing. */
    private final class Page extends AbstractList<Frame> {

        @Override
        public Frame get(int index) {
            return Frame.text("history");
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void forEach(Consumer<? super Frame> each) {
            var thread = new Thread(() -> say("second", 3));
            other.complete(thread);
            thread.start();
            while (thread.getState() != Thread.State.BLOCKED && thread.isAlive()) {
                Thread.onSpinWait();
            }
            super.forEach(each);
        }
    }

    @RepeatedTest(200)
    void whatIsSaidWhileTheLastPageIsQueuedComesBehindWhatWasHeld() throws InterruptedException {
        say("first", 2);

        membership.replay(new Membership.Page(false, false, Optional.of(at(1))), beginning -> new Page(), () -> {});
        other.join().join();

        assertEquals(List.of("history", "first", "second"), peer.texts());
    }

    private void say(String text, long offset) {
        membership.deliver(Frame.text(text), Optional.of(at(offset)), TERMS);
        membership.channel().outbox().drain();
    }

    private static StreamPosition at(long offset) {
        return new StreamPosition("epoch", offset);
    }
}

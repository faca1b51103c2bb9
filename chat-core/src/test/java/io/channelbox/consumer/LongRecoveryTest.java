package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Group;
import io.channelbox.channel.GroupSettings;
import io.channelbox.codec.JsonStyle;
import io.channelbox.fake.HookedStore;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.history.Retention;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A peer that missed much and reads slowly: what was missed comes page by page, while others go on. */
class LongRecoveryTest {

    @TypeName("said")
    record Said(String text) {}

    @TypeName("noise")
    record Noise(int number) {}

    @TypeName("say")
    record Say(String text) {}

    static final class Room extends Topic<Say> {
        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(say.text())));
        }
    }

    private static final Topics TOPICS =
            Topics.in(JsonStyle.DEFAULT.payloadIn("payload")).topic("room:{id}", Room::new);
    private static final int KEPT = 4_000;
    private static final int PAGE = 500;
    private static final Pattern SEQ = Pattern.compile("'seq':([0-9]+),");
    private static final Pattern NOISE = Pattern.compile("'number':([0-9]+)");

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean storeFails = new AtomicBoolean();
    private final TestBox test =
            new TestBox(builder -> builder.history(new HookedStore(InstantSource.fixed(Instant.EPOCH))
                            .beforeRead(() -> {
                                reads.incrementAndGet();
                                if (storeFails.get()) {
                                    throw new StoreException("the store is away", new IOException("gone"));
                                }
                            }))
                    .groups(
                            "room",
                            GroupSettings.DEFAULT.retaining(
                                    Retention.DEFAULT.withCount(KEPT).withBytes(64 << 20))));
    private final Group lobby = test.box.group("room:lobby");
    private StreamPosition top = new StreamPosition("none yet", 0);
    private int noise;

    @Test
    void everyKeptMessageComesOnceAndInOrderWhateverIsSaidMeanwhile() {
        say(3_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);

        for (int sent = 1; ann.connection().openSends() > 0; sent++) {
            reads(ann, 1);
            if (sent < 3_000 && sent % 7 == 0) {
                say(1);
            }
            if (sent < 3_000 && sent % 11 == 0) {
                makeNoise();
            }
            assertTrue(reads.get() <= 1 + sent / PAGE, reads + " pages were read when " + sent + " frames had left");
        }
        say(1);
        reads(ann, 1);

        List<String> received = ann.received();
        assertEquals(range(1, 3_000 + 2_999 / 7 + 1), seqs(received));
        assertEquals(range(1, noise), numbers(received));
        assertEquals(List.of(), ann.closeCodes());
    }

    @Test
    void nothingIsReadAheadOfThePeer() {
        say(3_000);
        Endpoint ann = slow("ann");
        reads.set(0);

        comesBack(ann, 0);
        reads(ann, PAGE);
        assertEquals(1, reads.get());

        reads(ann, 1);
        assertEquals(2, reads.get());
    }

    @Test
    void largeMessagesComeInSmallerPages() {
        String large = "x".repeat(100_000);
        for (int i = 0; i < 20; i++) {
            say(new Said(large));
        }
        Endpoint ann = slow("ann");
        comesBack(ann, 0);

        ann.send("{'topic':'room:lobby','ref':'2','type':'unsubscribe'}");
        readsAll(ann);
        assertEquals(range(1, 2), seqs(ann.received()));

        comesBack(ann, 0);
        readsAll(ann);
        assertEquals(range(1, 20), seqs(ann.received()));
    }

    @Test
    void whatIsForgottenMeanwhileIsLostInItsPlace() {
        say(3_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);
        reads(ann, 200);

        say(KEPT - 1_000);
        readsAll(ann);
        List<String> received = ann.received();

        assertEquals(range(1, PAGE), seqs(received));
        assertEquals(
                "{'version':1,'topic':'room:lobby','type':'lost','payload':{'from':" + at(PAGE) + ",'to':" + at(6_000)
                        + ",'cause':'trimmed'}}",
                received.get(received.size() - 1));

        say(2);
        readsAll(ann);
        assertEquals(range(6_001, 6_002), seqs(ann.received()));
    }

    @Test
    void whoLeavesInTheMiddleGetsNoFurtherPage() {
        say(3_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);
        reads(ann, 10);
        reads.set(0);

        ann.send("{'topic':'room:lobby','ref':'2','type':'unsubscribe'}");
        say(1);
        readsAll(ann);

        assertEquals(0, reads.get());
        assertEquals(range(1, PAGE), seqs(ann.received()));
        assertEquals(0, lobby.size());
        assertComesBack(ann, 3_000);
    }

    @Test
    void whoIsKickedInTheMiddleGetsNoFurtherPage() {
        say(3_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);
        reads(ann, 10);
        reads.set(0);

        lobby.kick(new UserId("ann"));
        say(1);
        readsAll(ann);

        assertEquals(0, reads.get());
        List<String> received = ann.received();
        assertEquals(range(1, PAGE), seqs(received));
        assertTrue(
                received.get(received.size() - 1).contains("'type':'unsubscribed'"), received.get(received.size() - 1));
        assertComesBack(ann, 3_000);
    }

    @Test
    void whoIsGoneInTheMiddleLeavesNothingBehind() {
        say(3_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);
        reads(ann, 10);
        reads.set(0);

        ann.leave();
        say(1);
        readsAll(ann);

        assertEquals(0, reads.get());
        assertEquals(0, lobby.size());
        assertEquals(0, test.executor.waiting());
    }

    @Test
    void whoSubscribesAgainInTheMiddleGetsTheSecondStreamWhole() {
        say(3_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);
        reads(ann, 10);

        comesBack(ann, 1_000);
        readsAll(ann);
        say(1);
        readsAll(ann);

        List<String> received = ann.received();
        int second = received.lastIndexOf(subscribedAt(1_000));
        assertEquals(range(1, PAGE), seqs(received.subList(0, second)));
        assertEquals(range(1_001, 3_001), seqs(received.subList(second, received.size())));
    }

    @Test
    void aLaterPageThatCannotBeReadEndsTheSubscriptionAndThePeerComesBackForTheRest() {
        say(1_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);

        storeFails.set(true);
        readsAll(ann);
        storeFails.set(false);
        say(1);

        List<String> received = ann.received();
        assertEquals(range(1, PAGE), seqs(received));
        List<String> end = received.subList(1 + PAGE, received.size());
        assertEquals(2, end.size(), end::toString);
        assertTrue(
                end.get(0).contains("'topic':'room:lobby','type':'error','payload':{'reason':'unavailable'"),
                end.get(0));
        assertTrue(end.get(1).contains("'topic':'room:lobby','type':'unsubscribed'"), end.get(1));
        assertEquals(0, lobby.size());
        assertFalse(lobby.contains(ann.channel()));

        comesBack(ann, PAGE);
        readsAll(ann);
        assertEquals(range(PAGE + 1, 1_001), seqs(ann.received()));
    }

    @Test
    void aLaterPageThatNobodyCanReadEndsTheSubscriptionToo() {
        say(1_000);
        Endpoint ann = slow("ann");
        comesBack(ann, 0);

        reads(ann, PAGE);
        test.executor.refuse(true);
        ann.connection().completeNext();
        test.executor.refuse(false);

        assertEquals(0, lobby.size());
    }

    private void assertComesBack(Endpoint peer, long offset) {
        comesBack(peer, offset);
        readsAll(peer);
        assertEquals(range(offset + 1, top.offset()), seqs(peer.received()));
    }

    /** Its sends complete one by one, when the test says so. */
    private Endpoint slow(String user) {
        Endpoint peer = Endpoint.open(test, user, TOPICS.hub().get());
        peer.connection().sending(Sends.LATER);
        return peer;
    }

    private void comesBack(Endpoint peer, long offset) {
        peer.send("{'topic':'room:lobby','ref':'1','type':'subscribe','payload':{'position':" + at(offset) + "}}");
    }

    private void reads(Endpoint peer, int frames) {
        for (int i = 0; i < frames; i++) {
            peer.connection().completeNext();
            test.executor.run();
        }
    }

    private void readsAll(Endpoint peer) {
        while (peer.connection().openSends() > 0) {
            reads(peer, 1);
        }
    }

    private void say(int messages) {
        for (int i = 0; i < messages; i++) {
            say(new Said("hello"));
        }
    }

    private void say(Said said) {
        top = lobby.broadcast(said, PublishOptions.DEFAULT.savingHistory())
                .position()
                .orElseThrow();
    }

    private void makeNoise() {
        noise++;
        lobby.broadcast(new Noise(noise));
    }

    private String at(long offset) {
        return "{'epoch':'" + top.epoch() + "','offset':" + offset + "}";
    }

    private String subscribedAt(long offset) {
        return "{'version':1,'topic':'room:lobby','ref':'1','type':'subscribed','payload':{'position':" + at(offset)
                + ",'recovered':true}}";
    }

    private static List<Long> seqs(List<String> frames) {
        return found(SEQ, frames);
    }

    private static List<Long> numbers(List<String> frames) {
        return found(NOISE, frames);
    }

    private static List<Long> found(Pattern pattern, List<String> frames) {
        List<Long> found = new ArrayList<>();
        for (String frame : frames) {
            Matcher matcher = pattern.matcher(frame);
            if (matcher.find()) {
                found.add(Long.parseLong(matcher.group(1)));
            }
        }
        return found;
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}

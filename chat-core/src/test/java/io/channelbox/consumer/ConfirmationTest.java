package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.StoreException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

    sealed interface In {}

    @TypeName("say")
    record Say(String text) implements In {}

    @TypeName("later")
    record Later(String text) implements In {}

    @TypeName("twice")
    record Twice(String text) implements In {}

    @TypeName("aside")
    record Aside(String text) implements In {}

    @TypeName("own")
    record Own(String text) implements In {}

    @TypeName("store")
    record Store() implements In {}

    @TypeName("store_later")
    record StoreLater() implements In {}

    @TypeName("said")
    record Said(String text) {}

    private final TestBox test = new TestBox();
    private final CompletableFuture<String> later = new CompletableFuture<>();
    private final List<Optional<String>> keys = new ArrayList<>();

    private final class Room extends TypedConsumer<In> {

        @Override
        protected void onConnect(Channel me) {
            join("room");
        }

        @Override
        protected void handlers(Handlers<In> on) {
            on.on(Say.class, say -> {
                keys.add(idempotencyKey());
                broadcast("room", new Said(say.text()), savingHistory());
            });
            on.on(Twice.class, twice -> {
                Group room = group("room");
                room.broadcast(new Said(twice.text() + 1), savingHistory());
                room.broadcast(new Said(twice.text() + 2), savingHistory());
                sendToUser(new UserId("bob"), new Said(twice.text()));
            });
            on.answerLater(
                    Later.class,
                    message -> later.thenApply(text -> broadcast("room", new Said(text), savingHistory()))
                            .thenApply(said -> Reply.nothing()));
            on.on(Store.class, store -> {
                throw new StoreException("a secret", new IOException());
            });
            on.answerLater(
                    StoreLater.class,
                    store -> CompletableFuture.runAsync(
                            () -> {
                                throw new StoreException("a secret", new IOException());
                            },
                            Runnable::run));
            on.on(Aside.class, aside -> {
                Group room = group("room");
                var other = new Thread(() -> room.broadcast(new Said("from elsewhere")));
                other.start();
                join(other);
                broadcast("room", new Said(aside.text()));
            });
            on.on(
                    Own.class,
                    own -> broadcast(
                            "room", new Said(own.text()), PublishOptions.DEFAULT.withIdempotencyKey("my own")));
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aMessageThatIsSentAgainWithItsKeyIsSaidOnceAndAcknowledgedTheSame() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());
        ann.send("{'type':'say','text':'hi','ref':'7','idempotency_key':'k'}");
        List<String> first = ann.received();
        ann.leave();
        Endpoint again = Endpoint.open(test, "ann", new Room());

        again.send("{'type':'say','text':'hi','ref':'7','idempotency_key':'k'}");

        assertEquals("{'type':'said','text':'hi'}", first.get(0));
        assertTrue(first.get(1).startsWith("{'ref':'7','type':'ack','id':'"), first.get(1));
        assertTrue(first.get(1).contains("'offset':1"), first.get(1));
        assertEquals(first.subList(1, 2), again.received());
        assertEquals(1, kept());
        assertEquals(List.of(Optional.of("k"), Optional.of("k")), keys);
    }

    @Test
    void theSameKeyOfAnotherUserIsAnotherMessage() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());
        Endpoint bob = Endpoint.open(test, "bob", new Room());

        ann.send("{'type':'say','text':'a','idempotency_key':'k'}");
        bob.send("{'type':'say','text':'b','idempotency_key':'k'}");

        assertEquals(2, kept());
    }

    @Test
    void eachOfSeveralBroadcastsOfOneMessageIsSaidOnceAndTheFirstIsAcknowledged() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'twice','text':'x','ref':'1','idempotency_key':'k'}");
        List<String> first = ann.received();
        ann.send("{'type':'twice','text':'x','ref':'1','idempotency_key':'k'}");

        assertEquals(List.of("{'type':'said','text':'x1'}", "{'type':'said','text':'x2'}"), first.subList(0, 2));
        assertTrue(first.get(2).contains("'offset':1"), first.get(2));
        assertEquals(first.subList(2, 3), ann.received());
        assertEquals(2, kept());
    }

    @Test
    void whatAStageSaysCarriesTheKeyToo() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'later','text':'x','ref':'1','idempotency_key':'k'}");
        later.complete("done");
        List<String> first = ann.received();
        ann.send("{'type':'later','text':'x','ref':'1','idempotency_key':'k'}");

        assertTrue(first.get(1).contains("'offset':1"), first.get(1));
        assertEquals(first.subList(1, 2), ann.received());
        assertEquals(1, kept());
    }

    @Test
    void whatAnotherThreadSaysMeanwhileDoesNotTakeTheKey() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send(
                "{'type':'aside','text':'x','idempotency_key':'k'}",
                "{'type':'aside','text':'x','idempotency_key':'k'}");

        String elsewhere = "{'type':'said','text':'from elsewhere'}";
        assertEquals(List.of(elsewhere, "{'type':'said','text':'x'}", elsewhere), ann.received());
    }

    @Test
    void aKeyOfTheApplicationsOwnStays() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send(
                "{'type':'own','text':'x','idempotency_key':'k1'}", "{'type':'own','text':'x','idempotency_key':'k2'}");

        assertEquals(List.of("{'type':'said','text':'x'}"), ann.received());
    }

    @Test
    void theLongestKeyCanBeNumbered() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'twice','text':'x','idempotency_key':'" + "k".repeat(128) + "'}");

        assertEquals(2, ann.received().size());
        assertEquals(2, kept());
    }

    @Test
    void aKeyThatIsNoneIsMalformed() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send(
                "{'type':'say','text':'x','idempotency_key':''}",
                "{'type':'say','text':'x','idempotency_key':7}",
                "{'type':'say','text':'x','idempotency_key':'" + "k".repeat(129) + "'}",
                "{'type':'say','text':'x','idempotency_key':'" + "k".repeat(60_000) + "'}");

        List<String> errors = ann.received();
        assertEquals(4, errors.size());
        for (String error : errors) {
            assertTrue(error.contains("'code':'malformed'"), error);
            assertTrue(
                    error.contains("'idempotency_key' must be a text of 1 to 128 characters"), error.replace("\\", ""));
        }
    }

    @Test
    void thatAStoreFailedIsToldAsUnavailableAndTheConnectionLives() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'store','ref':'1'}", "{'type':'store_later','ref':'2'}", "{'type':'say','text':'hi'}");

        assertEquals(
                List.of(
                        "{'ref':'1','type':'error','code':'unavailable','message':'not now, come again','retryAfterMillis':1000}",
                        "{'ref':'2','type':'error','code':'unavailable','message':'not now, come again','retryAfterMillis':1000}",
                        "{'type':'said','text':'hi'}"),
                ann.received());
        assertEquals(List.of(), ann.closeCodes());
    }

    private int kept() {
        return test.box
                .group("room")
                .history(HistoryQuery.latest(100))
                .entries()
                .size();
    }
}

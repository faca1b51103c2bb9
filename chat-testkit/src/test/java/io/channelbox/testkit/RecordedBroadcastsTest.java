package io.channelbox.testkit;

import static io.channelbox.testkit.TypedRoom.said;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.broker.LocalBroker;
import io.channelbox.broker.PublishOptions;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.testkit.TypedRoom.Pong;
import io.channelbox.testkit.TypedRoom.Said;
import io.channelbox.testkit.TypedRoom.Say;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordedBroadcastsTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/typed", TypedRoom::new);

    @Test
    void whatIsBroadcastIsRecordedWithItsGroupAndDelivered() {
        TestClient ann = chat.user("ann").connect("/typed");

        try (RecordedBroadcasts said = chat.recordBroadcasts()) {
            ann.send(new Say("hello"));

            RecordedBroadcasts.Broadcast only = said.all().get(0);
            assertEquals(GroupName.of("typed"), only.group());
            assertEquals(said("ann", "hello"), only.payload());
            assertEquals("said", only.options().kind());
        }

        assertEquals(said("ann", "hello"), ann.receive(Said.class));
    }

    @Test
    void whatIsSuppressedIsRecordedAndNeitherDeliveredNorKept() {
        TestClient ann = chat.user("ann").connect("/typed");

        try (RecordedBroadcasts said = chat.suppressBroadcasts()) {
            ann.send(new Say("hello"));
            chat.box().group("typed").broadcast(new Pong(), PublishOptions.DEFAULT.savingHistory());

            assertEquals(2, said.all().size());
        }

        ann.assertSilent();
        assertEquals(
                List.of(),
                chat.box()
                        .history()
                        .read(GroupName.of("typed"), HistoryQuery.latest(10))
                        .entries());
    }

    @Test
    void recordsAreFoundByTypeAndByGroup() {
        try (RecordedBroadcasts said = chat.recordBroadcasts()) {
            chat.box().group("typed").broadcast(said("ann", "hello"));
            chat.box().group("typed").broadcast(new Pong());
            chat.box().group("other").broadcast(said("ann", "bye"));
            chat.box().sendToUser(new UserId("bob"), new Pong());

            assertEquals(List.of(said("ann", "hello"), said("ann", "bye")), said.of(Said.class));
            assertEquals(List.of(said("ann", "hello"), new Pong()), said.in("typed"));
            assertEquals(4, said.all().size());
        }
    }

    @Test
    void whatIsInsideAnotherRecordsAloneAndThenTheOtherGoesOn() {
        TestClient ann = chat.user("ann").connect("/typed");

        try (RecordedBroadcasts outer = chat.recordBroadcasts()) {
            ann.send(new Say("one"));
            try (RecordedBroadcasts inner = chat.suppressBroadcasts()) {
                ann.send(new Say("two"));
                assertEquals(List.of(said("ann", "two")), inner.of(Said.class));
            }
            ann.send(new Say("three"));

            assertEquals(List.of(said("ann", "one"), said("ann", "three")), outer.of(Said.class));
        }
        assertEquals(List.of(said("ann", "one"), said("ann", "three")), ann.receiveAll(Said.class));
    }

    @Test
    void theRecordsOutliveTheirRecording() {
        RecordedBroadcasts said = chat.recordBroadcasts();
        chat.box().group("typed").broadcast(new Pong());
        said.close();

        chat.box().group("typed").broadcast(new Pong());

        assertEquals(List.of(new Pong()), said.of(Pong.class));
    }

    @Test
    void aBrokerAndAHistoryOfYourOwnAreRecordedToo() {
        var store = new InMemoryHistoryStore(new ManualClock());
        try (TestChat ownHistory = TestChat.with(box -> box.history(store));
                TestChat ownBroker = TestChat.with(box -> box.broker(new LocalBroker()))) {
            for (TestChat own : List.of(ownHistory, ownBroker)) {
                try (RecordedBroadcasts said = own.recordBroadcasts()) {
                    own.box().group("typed").broadcast(new Pong(), PublishOptions.DEFAULT.savingHistory());

                    assertEquals(List.of(new Pong()), said.of(Pong.class));
                }
            }
        }

        assertEquals(
                1,
                store.read(GroupName.of("typed"), HistoryQuery.latest(10))
                        .entries()
                        .size());
    }
}

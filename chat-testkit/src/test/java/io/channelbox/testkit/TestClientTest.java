package io.channelbox.testkit;

import static io.channelbox.testkit.TypedRoom.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.Envelope;
import io.channelbox.codec.Envelope.Mark;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.Complete;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ErrorReply;
import io.channelbox.consumer.GroupComplete;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.TypeName;
import io.channelbox.testkit.TypedRoom.Count;
import io.channelbox.testkit.TypedRoom.Counted;
import io.channelbox.testkit.TypedRoom.Crash;
import io.channelbox.testkit.TypedRoom.Ping;
import io.channelbox.testkit.TypedRoom.Pong;
import io.channelbox.testkit.TypedRoom.Said;
import io.channelbox.testkit.TypedRoom.Say;
import io.channelbox.testkit.TypedRoom.Told;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that speaks as its endpoint does. */
class TestClientTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/typed", TypedRoom::new)
            .and("/plain", PlainRoom::new)
            .and("/complete", ConsumerOptions.DEFAULT.tellingOfCompletion(), TypedRoom::new)
            .and("/patient", ConsumerOptions.DEFAULT.answeringOnFailure(), TypedRoom::new);

    private TestClient typed(String name) {
        return chat.user(name).connect("/typed");
    }

    @Test
    void aMessageIsSentInTheStyleOfTheEndpointAndReadInIt() {
        TestClient ann = typed("ann");
        TestClient bob = typed("bob");

        ann.send(new Say("hello"));

        assertEquals(said("ann", "hello"), bob.receive(Said.class));
        assertEquals(
                "{\"action\":\"said\",\"payload\":{\"said_by\":\"ann\",\"plain_text\":\"hello\"},"
                        + "\"is_mine\":true,\"is_current\":true}",
                ann.receive());
        bob.assertSilent();
    }

    @Test
    void aMessageOfAnotherTypeIsNamedAndStays() {
        TestClient ann = typed("ann");
        ann.send(new Ping());

        AssertionError other = assertThrows(AssertionError.class, () -> ann.receive(Said.class));

        assertTrue(
                other.toString().contains("expected a Said, but got text: {\"action\":\"pong\""), other.getMessage());
        assertEquals(new Pong(), ann.receive(Pong.class));
    }

    @Test
    void aMessageWithoutAllItsFieldsIsNamedAndStays() {
        TestClient ann = typed("ann");
        ann.channel().send(io.channelbox.message.Frame.text("{\"action\":\"counted\",\"payload\":{\"number\":1}}"));

        assertThrows(AssertionError.class, () -> ann.receive(Counted.class));

        assertEquals(1, ann.receiveAll().size());
    }

    @Test
    void everythingThatHasArrivedIsReadAsTheInterfaceOfAllMessages() {
        TestClient ann = typed("ann");
        ann.send(new Ping());
        ann.send(new Say("hello"));

        assertEquals(List.of(new Pong(), said("ann", "hello")), ann.receiveAll(Told.class));
        assertEquals(List.of(), ann.receiveAll(Told.class));
    }

    @Test
    void allIsTakenOrNothing() {
        TestClient ann = typed("ann");
        ann.send(new Ping());
        ann.send(new Say("hello"));

        assertThrows(AssertionError.class, () -> ann.receiveAll(Pong.class));

        assertEquals(2, ann.receiveAll(Told.class).size());
    }

    @Test
    void readingEndsAtTheLastOfSeveralParts() {
        TestClient ann = typed("ann");
        ann.send(new Count(3));
        ann.send(new Ping());

        List<Counted> parts = ann.receiveUntil(Counted.class, Counted::last);

        assertEquals(List.of(new Counted(1, false), new Counted(2, false), new Counted(3, true)), parts);
        assertEquals(new Pong(), ann.receive(Pong.class));
    }

    @Test
    void aLastPartThatDoesNotComeTakesNothing() {
        TestClient ann = typed("ann");
        ann.send(new Count(2));

        AssertionError endless =
                assertThrows(AssertionError.class, () -> ann.receiveUntil(Counted.class, part -> part.number() == 3));

        assertTrue(endless.toString().contains("Counted[number=2, last=true]"), endless.getMessage());
        assertEquals(2, ann.receiveAll(Counted.class).size());
    }

    @Test
    void anAnswerCarriesTheRefOfItsQuestion() {
        TestClient ann = typed("ann");

        ann.send(new Ping(), "1");

        assertEquals(new Received<>(new Pong(), Envelope.NONE.ref("1")), ann.receiveEnveloped(Pong.class));
    }

    @Test
    void anAnswerIsFoundAmongOtherMessages() {
        TestClient ann = typed("ann");
        typed("bob").send(new Say("noise"));

        assertTrue(ann.ask(new Say("hello"), Ack.class).id().isPresent());
        assertEquals("invalid", ann.ask(new Say(" "), ErrorReply.class).code());

        assertEquals(List.of(said("bob", "noise"), said("ann", "hello")), ann.receiveAll(Told.class));
    }

    @Test
    void whoseAMessageIsIsSeen() {
        TestClient phone = typed("ann");
        TestClient laptop = typed("ann");
        TestClient bob = typed("bob");

        phone.send(new Say("hello"));

        assertEquals(
                Optional.of(Mark.MINE_AND_CURRENT),
                phone.receiveEnveloped(Said.class).mark());
        assertEquals(Optional.of(Mark.MINE), laptop.receiveEnveloped(Said.class).mark());
        assertEquals(
                Optional.of(Mark.NOT_MINE), bob.receiveEnveloped(Said.class).mark());
    }

    @Test
    void completionsAreReadLikeAnyMessage() {
        TestClient ann = chat.user("ann").connect("/complete");

        ann.send(new Say("hello"));

        assertEquals(said("ann", "hello"), ann.receive(Said.class));
        assertEquals(new GroupComplete(), ann.receive(GroupComplete.class));
        assertEquals(new Complete(), ann.receive(Complete.class));
        ann.assertSilent();
    }

    @Test
    void completionsAreLeftOutWhereAsked() {
        TestClient ann = chat.user("ann").connect("/complete").ignoring(Complete.class, GroupComplete.class);

        ann.send(new Say("hello"));
        ann.send(new Ping());

        assertEquals(List.of(said("ann", "hello"), new Pong()), ann.receiveAll(Told.class));
        ann.assertSilent();
    }

    @Test
    void anEndpointWithoutEnvelopesHasNoPlaceForARef() {
        TestClient ann = chat.user("ann").connect("/plain");

        AssertionError nowhere = assertThrows(AssertionError.class, () -> ann.send("{}", "1"));

        assertTrue(nowhere.toString().contains("TextCodec"), nowhere.getMessage());
    }

    /** Answers with JSON that it writes itself. */
    static class PlainRoom extends io.channelbox.consumer.ChannelConsumer<String> {
        @Override
        protected void onReceive(io.channelbox.channel.Channel me, String text) {
            me.send("{\"text\":\"" + text + "\"}");
        }
    }

    record Line(String text) {}

    @Test
    void jsonInPlainTextIsReadAsARecord() {
        TestClient ann = chat.user("ann").connect("/plain");

        ann.send("hello");

        assertEquals(new Line("hello"), ann.receive(Line.class));
    }

    @Test
    void whatAConsumerThrewIsTheCauseOfWhatFailsNext() {
        TestClient ann = typed("ann");
        ann.send(new Crash());

        AssertionError silence = assertThrows(AssertionError.class, ann::assertSilent);
        AssertionError nothing = assertThrows(AssertionError.class, ann::receive);
        AssertionError gone = assertThrows(AssertionError.class, () -> ann.send(new Ping()));

        assertEquals(
                "expected a text frame, but nothing came; the connection is closed with 1011 server error:"
                        + " its consumer threw java.lang.IllegalStateException: out of order",
                nothing.getMessage());
        for (AssertionError error : List.of(silence, nothing, gone)) {
            assertInstanceOf(IllegalStateException.class, error.getCause());
        }
    }

    @Test
    void aFailureThatIsExpectedIsNone() {
        TestClient ann = typed("ann");
        TestClient bob = typed("bob");

        ann.send(new Crash());
        bob.send(new Crash());

        assertEquals(
                "out of order", ann.assertFailed(IllegalStateException.class).getMessage());
        bob.assertClosed(1011);
        ann.assertSilent();
        bob.assertSilent();
    }

    @Test
    void anAnsweredFailureIsTheCauseWhenSomethingElseWasExpected() {
        TestClient ann = chat.user("ann").connect("/patient");
        ann.send(new Crash());

        AssertionError other = assertThrows(AssertionError.class, () -> ann.receive(Pong.class));

        assertInstanceOf(IllegalStateException.class, other.getCause());
        assertEquals("failed", ann.receive(ErrorReply.class).code());
    }

    @Test
    void aFailureThatNobodyLookedAtFailsTheTest() {
        TestChat careless = TestChat.create().mount("/typed", TypedRoom::new);
        careless.user("ann").connect("/typed").send(new Crash());

        AssertionError unseen = assertThrows(AssertionError.class, careless::close);

        assertInstanceOf(IllegalStateException.class, unseen.getCause());
    }

    @TypeName("lost")
    record Lost() {}

    /** Forgets to handle what it reads. */
    static class Forgetful extends TypedConsumer<Lost> {
        @Override
        protected void handlers(Handlers<Lost> on) {}
    }

    @Test
    void whatIsWrongWithAConsumerIsAnErrorWhereItIsMounted() {
        try (TestChat server = TestChat.create()) {
            IllegalStateException wrong =
                    assertThrows(IllegalStateException.class, () -> server.mount("/lost", Forgetful::new));

            assertTrue(wrong.toString().contains("nothing handles"), wrong.getMessage());
        }
    }
}

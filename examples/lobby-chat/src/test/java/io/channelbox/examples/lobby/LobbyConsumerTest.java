package io.channelbox.examples.lobby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LobbyConsumerTest {

    private final Names names = new Names();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting("/ws/{username}", LobbyConsumer::new)
            .with(settings -> settings.intercept(names))
            .authenticate(names);

    @Test
    void everyoneReadsWhatAnyoneSaysWithTheNameInFront() {
        TestClient ann = enter("ann").skipAll();
        TestClient bob = enter("bob").skipAll();
        ann.skipAll();

        ann.send("Hello, everyone!");

        assertEquals("ann: Hello, everyone!", ann.receive());
        assertEquals("ann: Hello, everyone!", bob.receive());
    }

    @Test
    void everyoneIsToldWhoComesAndWhoGoes() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");
        assertEquals("ann joined.", ann.receive());
        assertEquals("bob joined.", ann.receive());
        assertEquals("bob joined.", bob.receive());

        bob.breakOff();

        assertEquals("bob left.", ann.receive());
        ann.assertSilent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no%20spaces", "<b>", "abcdefghijklmnopqrstu", "%C3%A4", "System", "admin", "a.b"})
    void whatIsNoNameIsRefusedInTheHandshake(String name) {
        TestClient visitor = enter(name);

        assertEquals(
                AuthResult.Reason.FORBIDDEN, visitor.refusal().orElseThrow().reason());
    }

    @Test
    void aTakenNameIsRefusedAndItsHolderNoticesNothing() {
        TestClient ann = enter("ann").skipAll();

        TestClient second = enter("ANN");

        assertEquals("this name is taken", second.refusal().orElseThrow().text());
        ann.assertSilent();
        ann.send("still here");
        assertEquals("ann: still here", ann.receive());
    }

    @Test
    void ofTwoWhoseHandshakesBothFoundTheNameFreeOneIsLetGoAgain() {
        TestClient ann = enter("ann").skipAll();

        TestClient late = chat.user("ann").connect("/ws/ann"); // past the handshake, as one who was in the middle of it

        late.assertClosed(4409);
        ann.assertSilent();
        assertTrue(enter("ann").refusal().isPresent(), "the name is still held by the first");
    }

    @Test
    void aNameIsFreeAgainWhenItsHolderHasLeft() {
        enter("ann").close();

        TestClient ann = enter("ann");

        assertEquals("ann joined.", ann.receive());
    }

    @Test
    void aMessageIsOneLineSoThatNobodyCanWriteInAnothersName() {
        TestClient ann = enter("ann").skipAll();

        ann.send("hi\nbob: I owe ann money\r\n");

        assertEquals("ann: hi bob: I owe ann money", ann.receive());
    }

    @Test
    void nothingIsSaidByAnEmptyMessage() {
        TestClient ann = enter("ann").skipAll();

        ann.send(" \n ");

        ann.assertSilent();
        assertFalse(ann.isClosed());
    }

    @Test
    void aBinaryFrameClosesItsSenderAndNobodyElse() {
        TestClient ann = enter("ann");
        TestClient bob = enter("bob");

        bob.sendBinary(new byte[] {1, 2, 3});

        bob.assertClosed(1003);
        assertFalse(ann.isClosed());
    }

    private TestClient enter(String name) {
        return chat.anyone().connect("/ws/" + name);
    }
}

package io.channelbox.docs.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.docs.presence.LobbyConsumer.Mood;
import io.channelbox.docs.presence.LobbyConsumer.Say;
import io.channelbox.docs.presence.LobbyConsumer.Writing;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceDiff;
import io.channelbox.presence.PresenceState;
import io.channelbox.presence.Typing;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LobbyConsumerTest {

    private final TestChat chat = TestChat.create();
    private final Presence presence = Presence.in(chat.box()).build();

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void aConsumerThatTracksItsChannelIsToldWhoIsHere() {
        chat.mount("/ws/lobby", () -> new LobbyConsumer(presence));
        TestClient ann = chat.user("ann").connect("/ws/lobby").skipAll();

        TestClient bob = chat.user("bob").connect("/ws/lobby");
        assertEquals(1, bob.receive(PresenceState.class).users());
        assertEquals(2, bob.receive(PresenceDiff.class).users());
        assertEquals(2, ann.receive(PresenceDiff.class).users());

        bob.send(new Mood("busy", "in a call"));
        assertEquals(
                "busy",
                ann.receive(PresenceDiff.class).updates().orElseThrow().get(0).status());
        bob.send(new Writing());
        bob.send(new Say("back"));
        assertEquals(new Typing("bob", "bob", true), ann.receive(Typing.class));
        assertEquals(new Say("back"), ann.receive(Say.class));
        assertEquals(new Typing("bob", "bob", false), ann.receive(Typing.class));
    }
}

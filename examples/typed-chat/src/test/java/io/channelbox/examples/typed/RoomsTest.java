package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static final UserId ANN = new UserId("ann");

    @AutoClose
    private final TestRooms test = new TestRooms();

    @Test
    void aRoomIsFoundByTheIdMadeOfItsName() {
        Room room = test.create("Tea & Crème brûlée!");

        assertEquals(new Room("tea-creme-brulee", "Tea & Crème brûlée!"), room);
        assertEquals(Optional.of(room), test.rooms.find("tea-creme-brulee"));
        assertEquals(Optional.empty(), test.rooms.find("tea"));
    }

    @Test
    void twoRoomsOfOneNameHaveTwoIds() {
        assertEquals(
                List.of("lobby", "lobby-2", "lobby-3"),
                List.of(
                        test.create("Lobby").id(),
                        test.create("lobby").id(),
                        test.create("LOBBY").id()));
        assertEquals("room", test.create("茶").id());
        assertEquals(4, test.rooms.all().size());
    }

    @Test
    void whoIsAMemberStaysOneUntilTheyLeave() {
        Room lobby = test.create("Lobby", "ann", "ann");
        Room attic = test.create("Attic");

        assertTrue(test.rooms.hasMember("lobby", ANN));
        assertFalse(test.rooms.hasMember(attic.id(), ANN));
        test.rooms.removeMember(lobby, "ann");
        assertFalse(test.rooms.hasMember("lobby", ANN));
    }
}

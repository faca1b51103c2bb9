package io.channelbox.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that cannot be wrong. */
class ValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é", "€", "😀", "a😀é€\u0000\uFFFF"})
    void aTextFrameKnowsItsSizeInBytesWithoutBeingEncoded(String text) {
        TextFrame frame = Frame.text(text);

        assertEquals(text.getBytes(UTF_8).length, frame.size());
        assertEquals(frame.size(), frame.buffer().remaining());
        assertEquals(text, frame.text());
        assertEquals(frame, Frame.utf8(text.getBytes(UTF_8)));
        assertEquals(frame.hashCode(), Frame.utf8(text.getBytes(UTF_8)).hashCode());
    }

    @ParameterizedTest
    @CsvSource({"\ud800,\ufffd", "a\udc00b,a\ufffdb", "\ud83d\ud83d\ude00,\ufffd😀", "\udc00\ud800,\ufffd\ufffd"})
    void aLoneSurrogateIsReplacedAndAPairIsNot(String broken, String mended) {
        TextFrame frame = Frame.text(broken);

        assertEquals(mended, frame.text());
        assertEquals(mended.getBytes(UTF_8).length, frame.size());
    }

    @Test
    void anyTextAtAllBecomesValidUtf8() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(6); n >= 0; n--) {
                text.append((char) (random.nextBoolean() ? 0xD7F0 + random.nextInt(0x830) : random.nextInt(0x10000)));
            }
            TextFrame frame = Frame.text(text.toString());
            byte[] bytes = new byte[frame.size()];
            frame.buffer().get(bytes);
            assertEquals(frame.text(), new String(bytes, UTF_8));
            assertEquals(text.indexOf("?"), frame.text().indexOf('?'), () -> "encoding replaced something in " + text);
        }
    }

    @Test
    void aFrameCannotBeChangedFromOutside() {
        byte[] bytes = {1, 2};
        BinaryFrame frame = Frame.binary(bytes);
        bytes[0] = 9;
        frame.bytes()[1] = 9;

        assertArrayEquals(new byte[] {1, 2}, frame.bytes());
        assertThrows(ReadOnlyBufferException.class, () -> frame.buffer().put(0, (byte) 9));
        assertThrows(
                ReadOnlyBufferException.class, () -> Frame.text("x").buffer().put(0, (byte) 9));
    }

    @Test
    void eachViewOfAFrameStandsOnItsOwn() {
        TextFrame frame = Frame.text("abc");
        frame.buffer().get();

        assertEquals(3, frame.buffer().remaining());
    }

    @Test
    void aFrameTellsLogsItsSizeOnly() {
        assertEquals("text frame of 6 bytes", Frame.text("secret").toString());
        assertEquals("binary frame of 2 bytes", Frame.binary(new byte[] {1, 2}).toString());
    }

    @Test
    void aGroupNameMayHaveAKind() {
        assertEquals("room", GroupName.of("room:7").kind());
        assertEquals("7", GroupName.of("room:7").id());
        assertEquals("", GroupName.of("lobby").kind());
        assertEquals("lobby", GroupName.of("lobby").id());
        assertEquals("a:b", GroupName.of("room", "a:b").id());
        assertEquals(GroupName.of("room:7"), GroupName.of("room", "7"));
        assertTrue(GroupName.of("a").compareTo(GroupName.of("b")) < 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "$inbox:ann", "a\nb", "\u0000", "\u007f", "\u0085", "\ud800", "a\udc00"})
    void aGroupNameThatIsNoneIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> GroupName.of(name));
    }

    @Test
    void aNameOfTenThousandCharactersIsRefusedWithTheBound() {
        var group = assertThrows(IllegalArgumentException.class, () -> GroupName.of("x".repeat(10_000)));
        var user = assertThrows(IllegalArgumentException.class, () -> new UserId("x".repeat(10_000)));

        assertEquals("a group name must have at most 250 characters, had 10000", group.getMessage());
        assertEquals("a user id must have at most 200 characters, had 10000", user.getMessage());
        assertEquals(250, GroupName.of("x".repeat(250)).value().length());
    }

    @Test
    void noNameThatAPeerCanChooseReachesAnInbox() {
        GroupName inbox = GroupName.inboxOf(new UserId("ann"));

        assertTrue(inbox.isInbox());
        assertThrows(IllegalArgumentException.class, () -> GroupName.of(inbox.value()));
        assertThrows(IllegalArgumentException.class, () -> GroupName.of("$inbox", "ann"));
        assertThrows(IllegalArgumentException.class, () -> GroupName.of("", "ann"));
        assertFalse(GroupName.of("inbox:ann").isInbox());
        assertFalse(GroupName.of("x$inbox:ann").isInbox());
    }

    @Test
    void theLongestUserIdHasAnInbox() {
        var longest = new UserId("😀".repeat(UserId.LONGEST / 2));

        assertEquals(longest.value(), GroupName.inboxOf(longest).id());
        assertNotEquals(GroupName.inboxOf(longest), GroupName.inboxOf(new UserId("ann")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "\ud800"})
    void aUserIdThatIsNoneIsRefused(String id) {
        assertThrows(IllegalArgumentException.class, () -> new UserId(id));
    }

    @Test
    void userIdsAreEqualToTheLetter() {
        assertNotEquals(new UserId("ann"), new UserId("Ann"));
        assertNotEquals(new UserId("ann"), new UserId("ann "));
    }

    @Test
    void messageIdsSortByTheirTimeAndDiffer() {
        var early = MessageId.at(Instant.parse("2026-01-01T00:00:00.000Z"));
        var late = MessageId.at(Instant.parse("2026-01-01T00:00:00.001Z"));
        Set<MessageId> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ids.add(MessageId.at(Instant.EPOCH));
        }

        assertTrue(early.toString().compareTo(late.toString()) < 0);
        assertEquals(100_000, ids.size());
        assertEquals(7, early.value().version());
        assertEquals(2, early.value().variant());
        assertEquals(early, MessageId.of(early.toString()));
        assertThrows(IllegalArgumentException.class, () -> MessageId.of("no id"));
    }

    @Test
    void aPositionComparesWithinItsEpochOnly() {
        var second = new StreamPosition("e", 2);

        assertTrue(new StreamPosition("e", 2).isAtOrBefore(second));
        assertFalse(new StreamPosition("e", 3).isAtOrBefore(second));
        assertFalse(new StreamPosition("f", 1).isAtOrBefore(second));
    }

    @Test
    void channelIdsCannotBeGuessedAndAreReadBack() {
        var id = ChannelId.random();

        assertEquals(id, ChannelId.of(id.toString()));
        assertNotEquals(id, ChannelId.random());
        assertEquals(4, id.value().version());
        assertThrows(IllegalArgumentException.class, () -> ChannelId.of("no id"));
        assertEquals(
                List.of("malformed", "invalid", "unknown_type"),
                List.of(PeerException.MALFORMED, PeerException.INVALID, PeerException.UNKNOWN_TYPE));
    }
}

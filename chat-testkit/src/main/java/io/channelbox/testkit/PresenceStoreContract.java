package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.NamePolicy;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.PresenceStore;
import io.channelbox.presence.UserStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PresenceStore} keeps. Extend it, and say how a new and empty one is made. */
public abstract class PresenceStoreContract {

    private static final GroupName ROOM = GroupName.of("room", "contract");
    private static final GroupName OTHER = GroupName.of("room", "other");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserStatus BUSY = new UserStatus(PresenceStatus.BUSY, Optional.of("in a call"));

    private long refs;

    /** For subclasses. */
    protected PresenceStoreContract() {}

    /** Returns a store with nobody in it. */
    protected abstract PresenceStore newStore();

    @Test
    void whoHasJoinedIsReadByGroupByUserAndByBoth() {
        PresenceStore store = newStore();
        PresenceEntry ann = join(store, entry(ROOM, "ann", "Ann"));
        PresenceEntry there = join(store, entry(OTHER, "ann", "Ann"));
        PresenceEntry bob = join(store, entry(ROOM, "bob", "Bob"));

        assertEquals(List.of(ann, bob), store.read(ROOM));
        assertEquals(List.of(ann), store.read(ROOM, ann.user()));
        assertEquals(2, store.read(ann.user()).size());
        assertTrue(store.read(ann.user()).contains(there));
    }

    @Test
    void aSecondDeviceTakesTheTimeAndTheStatusOfItsUser() {
        PresenceStore store = newStore();
        PresenceEntry first = join(store, entry(ROOM, "ann", "Ann"));
        assertTrue(store.status(first.user(), BUSY));

        PresenceEntry second = join(store, entry(ROOM, "ann", "Ann").since(NOON.plusSeconds(60)));

        assertEquals(List.of(first.status(BUSY), second.since(NOON).status(BUSY)), store.read(ROOM));
    }

    @Test
    void theLastEntryOfAUserIsKeptIfThatIsAskedAndTheOthersAreNot() {
        PresenceStore store = newStore();
        PresenceEntry first = join(store, entry(ROOM, "ann", "Ann"));
        PresenceEntry second = join(store, entry(ROOM, "ann", "Ann"));

        assertEquals(PresenceStore.Left.GONE, store.leave(first, Optional.of(NOON)));
        assertEquals(PresenceStore.Left.KEPT, store.leave(second, Optional.of(NOON)));
        assertEquals(List.of(second.leftAt(NOON)), store.read(ROOM));
        assertEquals(PresenceStore.Left.GONE, store.leave(second, Optional.empty()));

        assertEquals(List.of(), store.read(ROOM));
        assertEquals(PresenceStore.Left.UNKNOWN, store.leave(second, Optional.empty()));
    }

    @Test
    void aReturnTakesTheKeptEntryAwayAndItsEndIsTooLate() {
        PresenceStore store = newStore();
        PresenceEntry before = join(store, entry(ROOM, "ann", "Ann"));
        store.leave(before, Optional.of(NOON));

        PresenceEntry back = join(store, entry(ROOM, "ann", "Ann").since(NOON.plusSeconds(5)));

        assertEquals(List.of(back.since(NOON)), store.read(ROOM));
        assertEquals(PresenceStore.Left.UNKNOWN, store.leave(before, Optional.empty()));
    }

    @Test
    void aLaterStayOfTheSameChannelTakesThePlaceOfAnEarlierOne() {
        PresenceStore store = newStore();
        PresenceEntry early = join(store, entry(ROOM, "ann", "Ann"));
        PresenceEntry other = join(store, entry(ROOM, "ann", "Ann"));

        PresenceEntry late = join(store, stayAfter(early));

        assertEquals(List.of(other, late), store.read(ROOM));
        assertEquals(List.of(other, late), store.read(ROOM, early.user()));
    }

    @Test
    void aLaterStayOfTheSameChannelIsNotEndedByAnEarlierOne() {
        PresenceStore store = newStore();
        PresenceEntry early = join(store, entry(ROOM, "ann", "Ann"));
        PresenceEntry late = join(store, stayAfter(early));

        assertEquals(PresenceStore.Left.UNKNOWN, store.leave(early, Optional.empty()));

        assertEquals(List.of(late), store.read(ROOM));
    }

    @Test
    void aNameThatIsTakenIsRefusedAndNothingChanges() {
        PresenceStore store = newStore();
        PresenceEntry ann = join(store, entry(ROOM, "ann", "Ann"));
        join(store, entry(ROOM, "ann", "ANN"));

        assertFalse(store.join(entry(ROOM, "eve", "aNN"), NamePolicy.REJECT_NEW).accepted());
        assertTrue(store.join(entry(OTHER, "eve", "Ann"), NamePolicy.REJECT_NEW).accepted());

        assertEquals(2, store.read(ROOM).size());
        assertEquals(List.of(), store.read(ROOM, new UserId("eve")));
        assertEquals(2, store.read(ann.user()).size());
    }

    @Test
    void whoHadTheNameIsReplaced() {
        PresenceStore store = newStore();
        PresenceEntry ann = join(store, entry(ROOM, "ann", "Ann"));
        PresenceEntry eve = entry(ROOM, "eve", "aNN");

        assertEquals(new PresenceStore.Joined(true, List.of(ann)), store.join(eve, NamePolicy.REPLACE_OLD));

        assertEquals(List.of(eve), store.read(ROOM));
    }

    @Test
    void aStatusIsForgottenWithTheLastEntry() {
        PresenceStore store = newStore();
        PresenceEntry ann = join(store, entry(ROOM, "ann", "Ann"));
        store.status(ann.user(), BUSY);
        store.leave(ann, Optional.empty());

        assertFalse(store.status(ann.user(), BUSY));
        PresenceEntry again = join(store, entry(ROOM, "ann", "Ann"));

        assertEquals(List.of(again), store.read(ROOM));
    }

    @Test
    void aDeviceThatDoesNothingIsReadAsSuch() {
        PresenceStore store = newStore();
        PresenceEntry ann = join(store, entry(ROOM, "ann", "Ann"));

        store.active(ann, false);
        store.active(entry(ROOM, "bob", "Bob"), false);

        assertEquals(List.of(ann.active(false)), store.read(ROOM));
    }

    @Test
    void whatANodeLeavesBehindIsTakenAwayAtOnce() {
        PresenceStore store = newStore();
        PresenceEntry ann = join(store, entry(ROOM, "ann", "Ann"));
        PresenceEntry bob = new PresenceEntry(
                ROOM,
                new UserId("bob"),
                ChannelId.random(),
                "other",
                ++refs,
                "Bob",
                NOON,
                true,
                UserStatus.AUTOMATIC,
                Optional.empty());
        join(store, bob);

        assertEquals(List.of(bob), store.removeNode("other"));

        assertEquals(List.of(ann), store.read(ROOM));
        assertEquals(List.of(), store.removeNode("other"));
    }

    @Test
    void theVersionOfAGroupIsAnotherOneWheneverSomethingInItHasChanged() {
        PresenceStore store = newStore();
        Set<Long> seen = new HashSet<>();
        PresenceEntry ann = join(store, entry(ROOM, "ann", "Ann"));
        assertTrue(seen.add(version(store)));
        PresenceEntry bob = join(store, entry(ROOM, "bob", "Bob"));
        assertTrue(seen.add(version(store)));
        store.active(ann, false);
        assertTrue(seen.add(version(store)));
        store.status(ann.user(), BUSY);
        assertTrue(seen.add(version(store)));
        store.leave(bob, Optional.of(NOON));
        assertTrue(seen.add(version(store)));
        store.leave(bob, Optional.empty());
        assertTrue(seen.add(version(store)));

        join(store, entry(OTHER, "eve", "Eve"));

        assertFalse(seen.add(version(store)));
        assertEquals(Set.of(ROOM, OTHER), store.versions(List.of(ROOM, OTHER)).keySet());
        store.leave(ann, Optional.empty());
        assertEquals(Set.of(OTHER), store.versions(List.of(ROOM, OTHER)).keySet());
    }

    private static long version(PresenceStore store) {
        return store.versions(List.of(ROOM)).getOrDefault(ROOM, 0L);
    }

    private PresenceEntry stayAfter(PresenceEntry early) {
        return new PresenceEntry(
                early.group(),
                early.user(),
                early.channel(),
                early.node(),
                ++refs,
                early.name(),
                NOON,
                true,
                UserStatus.AUTOMATIC,
                Optional.empty());
    }

    private PresenceEntry entry(GroupName group, String user, String name) {
        return new PresenceEntry(
                group,
                new UserId(user),
                ChannelId.random(),
                "node",
                ++refs,
                name,
                NOON,
                true,
                UserStatus.AUTOMATIC,
                Optional.empty());
    }

    private static PresenceEntry join(PresenceStore store, PresenceEntry entry) {
        assertEquals(new PresenceStore.Joined(true, List.of()), store.join(entry, NamePolicy.ALLOW));
        return entry;
    }
}

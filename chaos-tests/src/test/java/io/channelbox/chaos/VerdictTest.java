package io.channelbox.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.chaos.Verdict.Heard;
import io.channelbox.chaos.Verdict.Kept;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge is seen condemning each wrong that the clients and the server could do. */
class VerdictTest {

    private final Set<String> said = Set.of("ann-1", "ann-2", "bob-1", "bob-2");
    private final List<Kept> stream =
            new ArrayList<>(List.of(new Kept(1, "ann-1"), new Kept(2, "bob-1"), new Kept(3, "ann-2")));
    private final List<Kept> accepted = new ArrayList<>(List.of(new Kept(1, "ann-1"), new Kept(3, "ann-2")));
    private final List<Kept> heard = new ArrayList<>(stream);

    private List<String> verdict() {
        return verdict(true);
    }

    private List<String> verdict(boolean stayed) {
        return Verdict.on(said, accepted, stream, List.of(new Heard("eve", stayed, heard)));
    }

    @Test
    void nothingIsWrongWhenEverybodyHeardWhatIsKept() {
        assertEquals(List.of(), verdict());
    }

    @Test
    void whatWasNeverConfirmedMayBeThereOnceOrNot() {
        stream.remove(1);
        stream.set(1, new Kept(2, "ann-2"));
        accepted.set(1, new Kept(2, "ann-2"));
        heard.clear();
        heard.addAll(stream);

        assertEquals(List.of(), verdict());
    }

    @Test
    void aClientThatMissedOneHasLostIt() {
        heard.remove(1);

        assertEquals(List.of("lost: eve has not heard Kept[offset=2, text=bob-1]"), verdict());
    }

    @Test
    void aClientThatStayedMustHaveHeardTheLast() {
        heard.remove(2);

        assertEquals(List.of("lost: eve has not heard Kept[offset=3, text=ann-2]"), verdict());
        assertEquals(List.of(), verdict(false));
    }

    @Test
    void aClientThatCameLaterMissesNothingOfWhatWasBefore() {
        heard.remove(0);

        assertEquals(List.of(), verdict());
    }

    @Test
    void aClientThatHeardOneTwiceHasItDoubled() {
        heard.add(1, new Kept(1, "ann-1"));

        assertEquals(List.of("doubled: eve heard Kept[offset=1, text=ann-1] again"), verdict());
    }

    @Test
    void aClientThatHeardTwoTheOtherWayRoundHasThemOutOfOrder() {
        Collections.swap(heard, 1, 2);

        assertEquals(
                List.of("out of order: eve heard Kept[offset=2, text=bob-1] after Kept[offset=3, text=ann-2]"),
                verdict());
    }

    @Test
    void aClientMayNotHearWhatIsNotKept() {
        heard.add(new Kept(4, "bob-2"));

        assertEquals(List.of("unknown: eve heard Kept[offset=4, text=bob-2], which the store has not"), verdict());
    }

    @Test
    void whatWasConfirmedAndIsNotKeptIsLost() {
        accepted.add(new Kept(4, "bob-2"));

        assertEquals(List.of("lost: the store has not the accepted Kept[offset=4, text=bob-2]"), verdict());
    }

    @Test
    void whatWasConfirmedElsewhereThanItIsHasMoved() {
        accepted.set(0, new Kept(2, "ann-1"));

        assertEquals(List.of("moved: Kept[offset=2, text=ann-1] was confirmed, there is bob-1"), verdict());
    }

    @Test
    void whatIsKeptTwiceIsDoubled() {
        stream.add(new Kept(4, "bob-1"));
        heard.add(new Kept(4, "bob-1"));

        assertEquals(
                "doubled: the store has Kept[offset=4, text=bob-1] again",
                verdict().get(0));
    }

    @Test
    void anAuthorsMessagesAreKeptInTheOrderInWhichTheyWereSaid() {
        stream.set(0, new Kept(1, "ann-2"));
        stream.set(2, new Kept(3, "ann-1"));

        assertEquals(
                "out of order: the store has Kept[offset=3, text=ann-1] after its author's 2",
                verdict().get(0));
    }

    @Test
    void aHoleInTheStreamIsSeen() {
        stream.remove(1);

        assertEquals(
                "hole: the store has Kept[offset=3, text=ann-2] after 1",
                verdict().get(0));
    }

    @Test
    void whatNobodySaidIsSeen() {
        stream.set(1, new Kept(2, "mallory-1"));

        assertEquals(
                "unknown: nobody said Kept[offset=2, text=mallory-1]", verdict().get(0));
    }
}

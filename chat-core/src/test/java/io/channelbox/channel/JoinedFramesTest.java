package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.Frame;
import io.channelbox.message.JoinedText;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinedFramesTest {

    private final JoinedFrames joined = new JoinedFrames();

    private static List<Frame> burst(String word) {
        return IntStream.range(0, 30).<Frame>mapToObj(i -> Frame.text(word + i)).toList();
    }

    @Test
    void aBurstIsJoinedOnceForAThousandMembersWithItsBytesAndItsText() {
        List<Frame> burst = burst("m");
        Set<String> texts = Collections.newSetFromMap(new IdentityHashMap<>());

        for (int member = 0; member < 1_000; member++) {
            List<Frame> waiting = new ArrayList<>(burst); // each outbox has a list of its own
            TextFrame whole = (TextFrame) joined.of(waiting).get(0);
            texts.add(whole.text());
        }

        assertTrue(
                texts.size() <= 3, "what is not on its way may be collected, and is then made again: " + texts.size());
    }

    @Test
    void theSameWordsInOtherFramesAreAnotherBurst() {
        List<Frame> ofOneRoom = joined.of(burst("m"));
        List<Frame> ofAnother = joined.of(burst("m"));

        assertEquals(ofOneRoom, ofAnother);
        assertNotSame(ofOneRoom, ofAnother);
    }

    @Test
    void whatDiffersInTheMiddleIsNotMistaken() {
        List<Frame> burst = burst("m");
        List<Frame> varied = new ArrayList<>(burst);
        varied.set(10, Frame.text("for you only"));

        joined.of(burst);
        TextFrame own = (TextFrame) joined.of(varied).get(0);

        assertEquals("for you only", JoinedText.split(own.text()).get(10));
    }

    @Test
    void aListThatIsUsedAgainChangesNothingThatIsKept() {
        List<Frame> waiting = new ArrayList<>(burst("m"));
        List<Frame> kept = List.copyOf(waiting);
        List<Frame> first = joined.of(waiting);

        waiting.clear();

        assertEquals(first, joined.of(kept));
    }
}

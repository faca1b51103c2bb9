package io.channelbox.conversation.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.channelbox.channel.ChannelBox;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.TooLargeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TellingTest {

    private static final GroupName RED = GroupName.of("red");
    private static final GroupName BLUE = GroupName.of("blue");

    private final List<String> told = new ArrayList<>();
    private final Set<GroupName> away = new HashSet<>();

    @AutoClose
    private final ChannelBox box = ChannelBox.builder()
            .executor(Runnable::run)
            .scheduler((period, work) -> () -> {})
            .build();

    private final Telling telling = new Telling(
            box,
            new Telling.Missed() {
                @Override
                public void in(GroupName group) {
                    word(group, "missed").run();
                }

                @Override
                public void inAll(String kind) {
                    word(GroupName.of(kind), "missed by all").run();
                }
            },
            3);

    private Runnable word(GroupName group, String text) {
        return () -> {
            if (away.contains(group)) {
                throw new StoreException("away");
            }
            told.add(group + " " + text);
        };
    }

    private void tell(GroupName group, String text) {
        telling.inTurn(group, word(group, text));
    }

    @Test
    void whatComesLaterForTheSameGroupWaitsAndOtherGroupsGoOn() {
        away.add(RED);
        tell(RED, "1");
        away.clear();
        tell(RED, "2");
        tell(BLUE, "1");
        assertEquals(List.of("blue 1"), told);

        telling.goOn();
        tell(RED, "3");

        assertEquals(List.of("blue 1", "red 1", "red 2", "red 3"), told);
    }

    @Test
    void aGroupThatIsAwayKeepsNoOtherWaiting() {
        away.addAll(Set.of(RED, BLUE));
        tell(RED, "1");
        tell(BLUE, "1");
        away.remove(BLUE);

        telling.goOn();

        assertEquals(List.of("blue 1"), told);
    }

    @Test
    void theGroupOfTheOldestIsToldThatItMissedSomethingWhenTooMuchWaits() {
        away.addAll(Set.of(RED, BLUE));
        tell(RED, "1");
        tell(BLUE, "1");
        tell(RED, "2");
        tell(BLUE, "2");
        tell(RED, "3");
        away.clear();

        telling.goOn();

        assertEquals(List.of("red missed", "red 3", "blue 1", "blue 2"), told);
    }

    @Test
    void thatSomethingWasMissedIsNeverDropped() {
        away.addAll(Set.of(RED, BLUE));
        for (int i = 1; i <= 10; i++) {
            tell(RED, "" + i);
            tell(BLUE, "" + i);
        }
        away.clear();

        telling.goOn();

        assertEquals(1, told.stream().filter("red missed"::equals).count());
        assertEquals(1, told.stream().filter("blue missed"::equals).count());
    }

    @Test
    void whenTooManyGroupsMissedSomethingAllOfTheirKindAreToldAndOnce() {
        away.addAll(Set.of(GroupName.of("inbox"), RED));
        for (int i = 0; i < 100; i++) {
            away.add(GroupName.of("inbox", "user" + i));
            tell(GroupName.of("inbox", "user" + i), "1");
            assertTrue(telling.size() <= 7, () -> telling.size() + " groups wait");
        }
        tell(RED, "1");
        telling.goOn();
        assertEquals(List.of(), told);
        away.clear();

        telling.goOn();

        assertEquals("inbox missed by all", told.get(0));
        assertEquals(1, told.stream().filter(told.get(0)::equals).count());
        assertTrue(told.contains("red 1"), told::toString);
        telling.goOn();
        assertEquals(0, telling.size());
    }

    @Test
    void thatTooMuchWaitsIsLoggedAgainWhenAllThatHadWaitedWasDropped() {
        var logger = (Logger) LoggerFactory.getLogger(Telling.class);
        var records = new ListAppender<ILoggingEvent>();
        records.start();
        logger.setLevel(Level.ERROR);
        logger.setAdditive(false);
        logger.addAppender(records);
        try {
            inboxesAreAway(7);
            assertEquals(1, telling.size());
            assertEquals(1, records.list.size());
            away.clear();
            telling.goOn();

            inboxesAreAway(4);

            assertEquals(2, records.list.size());
        } finally {
            logger.detachAppender(records);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
    }

    private void inboxesAreAway(int users) {
        for (int i = 0; i < users; i++) {
            away.add(GroupName.of("inbox", "user" + i));
            tell(GroupName.of("inbox", "user" + i), "1");
        }
    }

    @Test
    void whatIsTooLargeIsToldAsMissedAndKeepsNothingWaiting() {
        away.add(RED);
        telling.inTurn(RED, TellingTest::tooLarge);
        tell(RED, "1");
        away.clear();
        telling.inTurn(BLUE, TellingTest::tooLarge);
        telling.goOn();

        assertEquals(List.of("blue missed", "red missed", "red 1"), told);
    }

    private static void tooLarge() {
        throw new TooLargeException("4 MiB and more");
    }

    @Test
    void whatCannotBeToldAtAllKeepsNothingWaiting() {
        away.add(RED);
        tell(RED, "1");
        telling.inTurn(RED, () -> {
            throw new IllegalArgumentException("no codec writes this");
        });
        tell(RED, "2");
        away.clear();

        telling.goOn();

        assertEquals(List.of("red 1", "red 2"), told);
    }
}

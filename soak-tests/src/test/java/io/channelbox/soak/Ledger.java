package io.channelbox.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was said and heard, and what is wrong with it. Used on the loop only, and read when that has ended. */
final class Ledger {

    private static final int ENOUGH = 20;

    /** What is known of a room, whoever knows it from. */
    private static final class Said {
        final Map<Long, Long> numbers = new HashMap<>(); // by their place
        final Map<Long, Long> places = new HashMap<>(); // by their number
        long newest;
    }

    /** What was whispered to somebody. */
    private static final class Whispered {
        final Set<Long> confirmed = new HashSet<>(); // and not heard
        final Set<Long> heard = new HashSet<>(); // and not confirmed
        final Set<Long> uncertain = new HashSet<>(); // the teller has gone before it knew
    }

    private final Map<String, Said> rooms = new HashMap<>();
    private final Map<String, Whispered> whispers = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long faults;

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    long counted(String what) {
        return counts.getOrDefault(what, 0L);
    }

    void complain(String complaint) {
        faults++;
        if (complaints.size() < ENOUGH) {
            complaints.add(complaint);
            System.out.println("soak: " + complaint); // at once: it may be long until the end, or it may not come
        }
    }

    /** Notes that a message is at this place in a room, which somebody has heard or was told. */
    void said(String room, long place, long number) {
        Said said = in(room);
        said.newest = Math.max(said.newest, place);
        Long other = said.numbers.putIfAbsent(place, number);
        if (other != null && other != number) {
            complain("moved: " + place + " in " + room + " is " + number + " for one and " + other + " for another");
        }
        Long elsewhere = said.places.putIfAbsent(number, place);
        if (elsewhere != null && elsewhere != place) {
            complain("doubled: " + number + " in " + room + " is at " + elsewhere + " and at " + place);
        }
    }

    /** Notes that so much was said in a room. */
    void reached(String room, long place) {
        Said said = in(room);
        said.newest = Math.max(said.newest, place);
    }

    private Said in(String room) {
        return rooms.computeIfAbsent(room, name -> new Said());
    }

    long newest(String room) {
        Said said = rooms.get(room);
        return said == null ? 0 : said.newest;
    }

    void whisperConfirmed(String to, long number) {
        Whispered whispered = whispersTo(to);
        if (!whispered.heard.remove(number)) {
            whispered.confirmed.add(number);
        }
    }

    void whisperUncertain(String to, long number) {
        whispersTo(to).uncertain.add(number);
    }

    void whisperHeard(String to, long number) {
        Whispered whispered = whispersTo(to);
        if (!whispered.confirmed.remove(number) && !whispered.heard.add(number)) {
            complain("doubled: " + to + " was told " + number + " again");
        }
    }

    private Whispered whispersTo(String user) {
        return whispers.computeIfAbsent(user, name -> new Whispered());
    }

    boolean isEveryWhisperHeard() {
        return whispers.values().stream().allMatch(each -> each.confirmed.isEmpty());
    }

    /** To be called when all is over. */
    void lookAtWhispers() {
        whispers.forEach((user, whispered) -> {
            whispered.confirmed.forEach(number -> complain("lost: " + user + " was not told " + number));
            whispered.heard.removeAll(whispered.uncertain);
            whispered.heard.forEach(number -> complain("doubled: " + user + " was told " + number + " more than once"));
        });
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public String toString() {
        return faults + " faults; " + counts;
    }
}

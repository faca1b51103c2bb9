package io.channelbox.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.chaos.Verdict.Kept;
import io.channelbox.history.History;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All who take part, and what they say together in the end. */
final class Crowd {

    static final List<String> ROOMS = List.of("room:hall", "room:garden");

    private static final Pattern TEXT = Pattern.compile("\"text\"\\s*:\\s*\"([^\"]*)\"");

    private final List<Participant> all = new ArrayList<>();

    void add(Participant one) {
        all.add(one);
    }

    List<Participant> all() {
        return List.copyOf(all);
    }

    Participant get(int index) {
        return all.get(index);
    }

    /** Who has never heard a message of a room has no position there and could not say what is missing: the first one says something. */
    void enter(Patience patience) throws Exception {
        Participant first = all.get(0);
        first.enter();
        first.open();
        patience.await("the opening", () -> first.unconfirmed() == 0 && first.isInAllRooms());
        all.stream().skip(1).forEach(Participant::enter);
        patience.await("everybody in the rooms", () -> all.stream().allMatch(Participant::isInAllRooms));
    }

    /** Waits until nobody says anything, everything is confirmed, and everybody has heard as much as anybody. Returns how long it took. */
    static Duration fallQuiet(List<Participant> here, Patience patience) throws Exception {
        long from = System.nanoTime();
        patience.await("everybody back", () -> here.stream().allMatch(Participant::isInAllRooms));
        here.forEach(Participant::fallSilent);
        patience.await("everything confirmed", () -> here.stream().allMatch(each -> each.unconfirmed() == 0));
        for (String room : ROOMS) {
            patience.await(
                    () -> "everybody up to date in " + room + ", they are at " + offsets(here, room),
                    () -> Set.copyOf(offsets(here, room)).size() == 1);
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static List<Long> offsets(List<Participant> here, String room) {
        return here.stream().map(each -> each.offset(room)).toList();
    }

    /** Waits until everybody knows that just these are in a room. */
    static void knowWhoIsHere(List<Participant> here, String room, Patience patience) throws Exception {
        Set<String> names = names(here);
        patience.await(
                () -> "everybody to know that just " + names + " are in " + room + ", these do not: "
                        + here.stream()
                                .filter(each -> !each.members(room).equals(names))
                                .collect(Collectors.toMap(Participant::name, each -> each.members(room))),
                () -> here.stream().allMatch(each -> each.members(room).equals(names)));
    }

    static Set<String> names(List<Participant> some) {
        return some.stream().map(Participant::name).collect(Collectors.toSet());
    }

    /** One says that it goes and one does not; the others, who stay, are returned. */
    List<Participant> someGo() {
        all.get(all.size() - 1).leave();
        all.get(all.size() - 2).vanish();
        return List.copyOf(all.subList(0, all.size() - 2));
    }

    /** Reads what was kept, as whoever comes after everything is over. */
    static Map<String, List<Kept>> streams(History history) {
        Map<String, List<Kept>> streams = new TreeMap<>();
        ROOMS.forEach(room -> streams.put(room, stream(history, GroupName.of(room))));
        return streams;
    }

    private static List<Kept> stream(History history, GroupName room) {
        List<Kept> all = new ArrayList<>();
        HistoryPage page = history.read(room, HistoryQuery.latest(1));
        var query =
                HistoryQuery.after(new StreamPosition(page.top().orElseThrow().epoch(), 0), 1_000);
        for (boolean more = true; more; more = page.more()) {
            page = history.read(room, query);
            page.entries().forEach(entry -> all.add(kept(entry)));
            if (!page.entries().isEmpty()) {
                query = query.after(
                        page.entries().get(page.entries().size() - 1).position());
            }
        }
        return all;
    }

    private static Kept kept(HistoryEntry entry) {
        Matcher text = TEXT.matcher(((TextFrame) entry.message().payload().frame()).text());
        assertTrue(text.find(), () -> "no text in " + entry);
        return new Kept(entry.position().offset(), text.group(1));
    }

    /** Returns what is wrong, given what was kept in each room. */
    List<String> complaints(Map<String, List<Kept>> streams) {
        List<String> complaints = new ArrayList<>();
        streams.forEach((room, stream) -> Verdict.on(said(room), accepted(room), stream, heard(room))
                .forEach(complaint -> complaints.add(room + " " + complaint)));
        all.forEach(each -> complaints.addAll(each.failures()));
        return complaints;
    }

    private Set<String> said(String room) {
        return all.stream()
                .flatMap(each -> each.said().stream())
                .filter(each -> each.room().equals(room))
                .map(Participant.Said::text)
                .collect(Collectors.toSet());
    }

    private List<Kept> accepted(String room) {
        return all.stream()
                .flatMap(each -> each.accepted().stream())
                .filter(each -> each.room().equals(room))
                .map(Participant.Accepted::message)
                .toList();
    }

    private List<Verdict.Heard> heard(String room) {
        return all.stream().map(each -> each.heard(room)).toList();
    }

    /** Returns the figures, in words. */
    String figures(Map<String, List<Kept>> streams) {
        long kept = streams.values().stream().mapToLong(List::size).sum();
        int said = all.stream().mapToInt(each -> each.said().size()).sum();
        int accepted = all.stream().mapToInt(each -> each.accepted().size()).sum();
        long deliveries = ROOMS.stream()
                .flatMap(room -> heard(room).stream())
                .mapToLong(heard -> heard.messages().size())
                .sum();
        int reconnects = all.stream().mapToInt(Participant::reconnects).sum();
        return said + " messages said, " + accepted + " confirmed, " + kept + " kept, " + deliveries + " deliveries; "
                + reconnects + " reconnects";
    }
}

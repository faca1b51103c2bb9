package io.channelbox.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one topic did wrong, given what was said, what was accepted, what the store has in the end and what each client
 * heard. Knows nothing of time, sockets or the library: it compares lists.
 */
final class Verdict {

    /** A message at its place in the stream. */
    record Kept(long offset, String text) {}

    /**
     * What a client heard.
     *
     * @param stayed whether it was there at the end, so that the last message must have reached it too
     */
    record Heard(String client, boolean stayed, List<Kept> messages) {}

    private final List<String> complaints = new ArrayList<>();
    private final List<Kept> stream;

    private Verdict(List<Kept> stream) {
        this.stream = stream;
    }

    /**
     * Returns the complaints, none of which may be.
     *
     * @param said every text that anybody tried to say, {@code author-number}, once
     * @param accepted what was confirmed, with the place that the confirmation named
     * @param stream what the store has
     * @param heard what the clients heard
     */
    static List<String> on(Set<String> said, List<Kept> accepted, List<Kept> stream, List<Heard> heard) {
        var verdict = new Verdict(stream);
        verdict.lookAtTheStream(said);
        verdict.lookAtWhatWasAccepted(accepted);
        heard.forEach(verdict::lookAtWhatWasHeard);
        return List.copyOf(verdict.complaints);
    }

    private void lookAtTheStream(Set<String> said) {
        Set<String> seen = new HashSet<>();
        Map<String, Long> lastOfAuthor = new HashMap<>();
        long last = 0;
        for (Kept kept : stream) {
            if (kept.offset() != last + 1) {
                complain("hole: the store has " + kept + " after " + last);
            }
            last = kept.offset();
            if (!said.contains(kept.text())) {
                complain("unknown: nobody said " + kept);
            }
            if (!seen.add(kept.text())) {
                complain("doubled: the store has " + kept + " again");
            }
            int dash = kept.text().lastIndexOf('-');
            long number = Long.parseLong(kept.text().substring(dash + 1));
            Long before = lastOfAuthor.put(kept.text().substring(0, dash), number);
            if (before != null && number <= before) {
                complain("out of order: the store has " + kept + " after its author's " + before);
            }
        }
    }

    private void lookAtWhatWasAccepted(List<Kept> accepted) {
        Map<Long, String> atOffset =
                stream.stream().collect(Collectors.toMap(Kept::offset, Kept::text, (first, second) -> first));
        Set<String> texts = stream.stream().map(Kept::text).collect(Collectors.toSet());
        for (Kept each : accepted) {
            if (!texts.contains(each.text())) {
                complain("lost: the store has not the accepted " + each);
            } else if (!each.text().equals(atOffset.get(each.offset()))) {
                complain("moved: " + each + " was confirmed, there is " + atOffset.get(each.offset()));
            }
        }
    }

    /** From the first that it heard, a client must have heard what the store has: one after another, and to the end if it stayed. */
    private void lookAtWhatWasHeard(Heard heard) {
        String client = heard.client();
        Set<String> seen = new HashSet<>();
        List<Kept> firsts = new ArrayList<>();
        for (Kept kept : heard.messages()) {
            if (seen.add(kept.text())) {
                firsts.add(kept);
            } else {
                complain("doubled: " + client + " heard " + kept + " again");
            }
        }
        for (int i = 1; i < firsts.size(); i++) {
            if (firsts.get(i).offset() <= firsts.get(i - 1).offset()) {
                complain("out of order: " + client + " heard " + firsts.get(i) + " after " + firsts.get(i - 1));
            }
        }
        long from = firsts.stream().mapToLong(Kept::offset).min().orElse(1);
        long to = heard.stayed()
                ? Long.MAX_VALUE
                : firsts.stream().mapToLong(Kept::offset).max().orElse(0);
        Set<Kept> known = new HashSet<>(firsts);
        for (Kept kept : stream) {
            if (kept.offset() >= from && kept.offset() <= to && !known.remove(kept)) {
                complain("lost: " + client + " has not heard " + kept);
            }
        }
        for (Kept kept : known) {
            complain("unknown: " + client + " heard " + kept + ", which the store has not");
        }
    }

    private void complain(String text) {
        complaints.add(text);
    }
}

package io.channelbox.soak;

import io.channelbox.soak.Guest.Manner;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** As many guests as is asked for, at any time: who goes is followed by somebody else. All but the commands are used on the loop only. */
final class Crowd {

    private static final double WORDS_PER_SECOND = 100; // of all together
    private static final double VISITS_PER_SECOND = 50;
    private static final double FIRST_VISITS_PER_SECOND = 200;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGER_THAN_UNNOTICED = 12 * SECOND;
    private static final long PATIENCE = 60 * SECOND;

    /** A connection that is to end because its client has asked for it. */
    private record Goodbye(Guest guest, Wire wire, long until) {}

    private final Loop loop;
    private final int port;
    private final int size;
    private final Random random;
    private final Ledger ledger;
    private final CompletableFuture<Void> full = new CompletableFuture<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();

    private final Set<Guest> here = new LinkedHashSet<>();
    private final List<String> staying = new ArrayList<>();
    private final List<Goodbye> goodbyes = new ArrayList<>();
    private int guestsSoFar;
    private long numbersSoFar;
    private boolean ending;

    Crowd(Loop loop, int port, int size, Random random, Ledger ledger) {
        this.loop = loop;
        this.port = port;
        this.size = size;
        this.random = random;
        this.ledger = ledger;
    }

    // Commands

    /** Lets them come. Completes when as many have come as is asked for. */
    CompletableFuture<Void> open() {
        loop.execute(() -> {
            for (int i = 0; i < size; i++) {
                loop.later((long) (i / FIRST_VISITS_PER_SECOND * SECOND), this::letIn);
            }
        });
        return full;
    }

    /** Lets them hear all that was said, and go. Completes when nobody is left. */
    CompletableFuture<Void> end() {
        loop.execute(() -> {
            ending = true;
            List.copyOf(here).stream()
                    .filter(guest -> !guest.manner().hearsAll())
                    .forEach(guest -> guest.part(true));
            partWhenUpToDate(System.nanoTime() + PATIENCE);
        });
        return empty;
    }

    private void partWhenUpToDate(long deadline) {
        boolean late = System.nanoTime() > deadline;
        if (late) {
            here.stream()
                    .filter(guest -> !guest.isUpToDate())
                    .forEach(guest -> ledger.complain("lost: " + guest + " has not heard the last that was said"));
        }
        if (late || (here.stream().allMatch(Guest::isUpToDate) && ledger.isEveryWhisperHeard())) {
            List.copyOf(here).forEach(guest -> guest.part(false));
            endWhenAllHaveGone();
        } else {
            loop.later(SECOND / 20, () -> partWhenUpToDate(deadline));
        }
    }

    private void endWhenAllHaveGone() {
        lookAtGoodbyes();
        if (goodbyes.isEmpty()) {
            ledger.lookAtWhispers();
            empty.complete(null);
        } else {
            loop.later(SECOND / 20, this::endWhenAllHaveGone);
        }
    }

    // Coming and going

    private void letIn() {
        if (ending) {
            return;
        }
        int number = guestsSoFar++;
        Manner manner = number < size / 20 ? Manner.STAYS : manner();
        var guest = new Guest(this, ledger, "guest" + number, manner, rooms(manner));
        here.add(guest);
        ledger.count(manner.name().toLowerCase(Locale.ROOT));
        guest.come();
        if (guestsSoFar == size) {
            full.complete(null);
        }
    }

    private Manner manner() {
        int percent = random.nextInt(100);
        return percent < 70
                ? Manner.READS
                : percent < 80
                        ? Manner.READS_LITTLE
                        : percent < 90 ? Manner.DIES : percent < 95 ? Manner.FALLS_SILENT : Manner.GOES_DEAF;
    }

    /** Everybody sits at a table of about ten, most are in a club, some in the hall. Who is to be overwhelmed is everywhere. */
    private List<String> rooms(Manner manner) {
        boolean everywhere = manner == Manner.READS_LITTLE || manner == Manner.GOES_DEAF;
        List<String> rooms = new ArrayList<>();
        rooms.add("table:" + random.nextInt(Math.max(1, size / 10)));
        if (everywhere || random.nextInt(10) < 7) {
            rooms.add("club:" + random.nextInt(Math.max(2, size / 200)));
        }
        if (everywhere || random.nextInt(4) == 0) {
            rooms.add("hall:all");
        }
        return rooms;
    }

    /** It is in its rooms: for the first time, or again. */
    void entered(Guest guest, boolean again) {
        if (guest.manner() == Manner.STAYS && !again) {
            staying.add(guest.name());
        }
        if (!again) {
            afterSomeSilence(guest::talk);
        }
        loop.later(around(size / VISITS_PER_SECOND), guest::haveEnough);
    }

    void left(Guest guest) {
        if (here.remove(guest) && !ending) {
            staying.remove(guest.name());
            loop.later(random.nextLong(SECOND), this::letIn);
        }
    }

    /** A goodbye is answered; of who does not read well that cannot be seen. */
    void expectGoodbye(Guest guest, Wire wire) {
        lookAtGoodbyes();
        goodbyes.add(new Goodbye(guest, wire, System.nanoTime() + LONGER_THAN_UNNOTICED));
    }

    private void lookAtGoodbyes() {
        goodbyes.removeIf(goodbye -> goodbye.wire().isOver());
        long now = System.nanoTime();
        goodbyes.removeIf(goodbye -> {
            boolean late = goodbye.until() - now < 0;
            if (late) {
                goodbye.wire().reset();
                if (goodbye.guest().manner().hearsAll()) {
                    ledger.complain("unanswered: the goodbye of " + goodbye.guest());
                }
            }
            return late;
        });
    }

    // What guests ask for

    Loop loop() {
        return loop;
    }

    int port() {
        return port;
    }

    boolean isEnding() {
        return ending;
    }

    long nextNumber() {
        return ++numbersSoFar;
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    /** Returns somebody who is there from the beginning to the end. */
    Optional<String> whoStays() {
        return staying.isEmpty() ? Optional.empty() : Optional.of(staying.get(random.nextInt(staying.size())));
    }

    void afterSomeSilence(Runnable task) {
        loop.later(around(size / WORDS_PER_SECOND), task);
    }

    void soon(Runnable task) {
        loop.later(random.nextLong(2 * SECOND), task);
    }

    void whenNoticed(Runnable task) {
        loop.later(LONGER_THAN_UNNOTICED, task);
    }

    /** Returns so many seconds, or up to half of it more or less. */
    private long around(double seconds) {
        return (long) (seconds * (0.5 + random.nextDouble()) * SECOND);
    }
}

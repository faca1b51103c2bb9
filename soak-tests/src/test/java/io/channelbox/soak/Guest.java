package io.channelbox.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody who is in some rooms for a while, hears what is said there and says something now and then. Used on the loop only. */
final class Guest {

    /** How a guest treats the server. */
    enum Manner {
        /** Reads everything, stays until all is over, and is whispered to. */
        STAYS,
        /** Reads everything; goes, or is cut off and comes back. */
        READS,
        /** Reads too little for what is said. */
        READS_LITTLE,
        /** Does as those who read, and is gone all of a sudden. */
        DIES,
        /** Neither hears nor says anything from some moment on. */
        FALLS_SILENT,
        /** Says something, but hears nothing from some moment on. */
        GOES_DEAF;

        boolean hearsAll() {
            return this == STAYS || this == READS;
        }
    }

    /** What was said and is not confirmed. */
    private record Word(long number, String room, Optional<String> whisperedTo, String frame, boolean hasKey) {}

    private static final int LITTLE = 100; // bytes, ten times a second
    private static final String FILLER = "What is said is of different lengths. ".repeat(20);

    private final Crowd crowd;
    private final Ledger ledger;
    private final String name;
    private final Manner manner;
    private final Wire.Visitor visitor;
    private final List<Seat> seats = new ArrayList<>();
    private @Nullable Connection connection;
    private @Nullable Word word;
    private boolean entered;
    private boolean gone;

    Guest(Crowd crowd, Ledger ledger, String name, Manner manner, List<String> rooms) {
        this.crowd = crowd;
        this.ledger = ledger;
        this.name = name;
        this.manner = manner;
        this.visitor = new Wire.Visitor(name, crowd.chance(2));
        rooms.forEach(room -> seats.add(new Seat(room)));
    }

    String name() {
        return name;
    }

    Manner manner() {
        return manner;
    }

    void come() {
        ledger.count("connects");
        connection = new Connection();
    }

    boolean isIn() {
        return connection != null && seats.stream().allMatch(Seat::isTaken);
    }

    /** Tells whether it has heard all that was said where it is. */
    boolean isUpToDate() {
        return isIn() && word == null && seats.stream().allMatch(seat -> seat.last == ledger.newest(seat.room));
    }

    void talk() {
        if (gone || crowd.isEnding()) {
            return;
        }
        crowd.afterSomeSilence(this::talk);
        if (manner == Manner.GOES_DEAF) {
            giveUpWord();
        }
        if (isIn() && word == null) {
            word = crowd.chance(10) ? crowd.whoStays().map(this::whisper).orElseGet(this::say) : say();
            tell(word);
        }
    }

    private Word say() {
        ledger.count("said");
        long number = crowd.nextNumber();
        boolean hasKey = crowd.chance(10);
        String room = seats.get(crowd.random(seats.size())).room;
        return new Word(
                number,
                room,
                Optional.empty(),
                """
                {"topic":"%s","ref":"%d",%s"type":"say","payload":{"number":%2$d,"text":"%s"}}\
                """.formatted(room, number, hasKey ? "\"idempotency_key\":\"" + number + "\"," : "", filler()),
                hasKey);
    }

    private String filler() {
        return FILLER.substring(0, 1 + crowd.random(crowd.chance(20) ? FILLER.length() : 200));
    }

    private Word whisper(String to) {
        ledger.count("whispered");
        long number = crowd.nextNumber();
        String room = seats.get(0).room;
        return new Word(number, room, Optional.of(to), """
                {"topic":"%s","ref":"%d","type":"whisper","payload":{"number":%2$d,"to":"%s"}}\
                """.formatted(room, number, to), false);
    }

    private void tell(Word what) {
        if (connection != null) {
            connection.wire.send(what.frame());
        }
    }

    /** What it wants to do when it has been there for long enough. */
    void haveEnough() {
        if (gone || crowd.isEnding()) {
            return;
        }
        switch (manner) {
            case STAYS -> {}
            case READS -> leaveOrComeBack();
            case READS_LITTLE -> part(crowd.chance(2));
            case DIES -> part(true);
            case FALLS_SILENT, GOES_DEAF -> {
                if (connection != null) {
                    connection.wire.goDeaf();
                    gone = manner == Manner.FALLS_SILENT; // it says nothing any more
                }
                crowd.whenNoticed(() -> part(true));
            }
        }
    }

    private void leaveOrComeBack() {
        if (crowd.chance(2)) {
            part(false);
        } else {
            ledger.count("comes back");
            cutOff(crowd.chance(2));
            crowd.soon(this::come);
        }
    }

    /** Goes for good: with a goodbye, or without. */
    void part(boolean suddenly) {
        gone = true;
        cutOff(suddenly);
        giveUpWord();
        crowd.left(this);
    }

    private void cutOff(boolean suddenly) {
        Connection last = connection;
        connection = null;
        seats.forEach(Seat::leave);
        if (last == null) {
            return;
        }
        last.isWanted = false;
        if (suddenly) {
            last.wire.reset();
        } else {
            last.wire.close();
            crowd.expectGoodbye(this, last.wire);
        }
        if (word != null && !word.hasKey()) { // what has one is said again
            giveUpWord();
        }
    }

    /** Nobody knows what became of it. */
    private void giveUpWord() {
        if (word != null) {
            long number = word.number();
            word.whisperedTo().ifPresent(to -> ledger.whisperUncertain(to, number));
            word = null;
        }
    }

    @Override
    public String toString() {
        return name + " " + manner + (connection == null ? " away" : "") + (word == null ? "" : " saying " + word)
                + " at " + seats;
    }

    /** One visit; a guest that comes back makes another. */
    private final class Connection implements Wire.Peer {

        final Wire wire;
        boolean isWanted = true;

        Connection() {
            try {
                wire = Wire.connect(
                        crowd.loop(),
                        crowd.port(),
                        visitor,
                        manner == Manner.READS_LITTLE ? LITTLE : Integer.MAX_VALUE,
                        this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void opened() {
            if (isWanted) {
                seats.forEach(seat -> wire.send(seat.request()));
            }
        }

        @Override
        public void heard(String text) {
            if (isWanted) {
                ledger.count("heard");
                take(text);
            }
        }

        private void take(String text) {
            switch (Json.text(text, "type")) {
                case "said" -> seat(text).hear(text);
                case "whispered" -> ledger.whisperHeard(name, Json.number(text, "number"));
                case "subscribed" -> subscribed(text);
                case "ack" -> confirmed(text);
                case "lost" -> seat(text).lose(text);
                case "error" -> refused(text);
                default -> {} // who else is here
            }
        }

        private void subscribed(String text) {
            Seat seat = seat(text);
            boolean first = !isIn();
            seat.sit(text);
            if (first && isIn()) {
                if (word != null) {
                    tell(word);
                }
                crowd.entered(Guest.this, entered);
                entered = true;
            }
        }

        private void confirmed(String text) {
            Word said = word;
            if (said == null || !Json.text(text, "ref").equals(Long.toString(said.number()))) {
                return; // of one who talks without listening
            }
            word = null;
            if (said.whisperedTo().isPresent()) {
                ledger.whisperConfirmed(said.whisperedTo().get(), said.number());
            } else {
                ledger.said(said.room(), Json.number(text, "offset"), said.number());
            }
        }

        private void refused(String text) {
            ledger.count("refused");
            if (manner.hearsAll()) {
                ledger.complain("refused: " + name + " was told " + text);
            }
        }

        @Override
        public void ended(int code) {
            if (!isWanted) {
                return;
            }
            ledger.count("ended by the server with " + code);
            if (manner.hearsAll()) {
                ledger.complain("shut out: " + name + " with " + code);
            }
            connection = null;
            seats.forEach(Seat::leave);
            gone = true;
            giveUpWord();
            crowd.left(Guest.this);
        }

        private Seat seat(String text) {
            String topic = Json.text(text, "topic");
            return seats.stream()
                    .filter(seat -> seat.room.equals(topic))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A place in a room, from which it is known what was heard last. */
    private final class Seat {

        final String room;
        private String epoch = "";
        private long last;
        private boolean taken;

        Seat(String room) {
            this.room = room;
        }

        boolean isTaken() {
            return taken;
        }

        void leave() {
            taken = false;
        }

        String request() {
            String position =
                    epoch.isEmpty() ? "" : ",\"position\":{\"epoch\":\"%s\",\"offset\":%d}".formatted(epoch, last);
            return """
                    {"topic":"%s","ref":"enter","type":"subscribe","payload":{"last":5%s}}\
                    """.formatted(room, position);
        }

        /** Where nothing was ever said there is no position; it is told later, before the first message. */
        void sit(String text) {
            taken = true;
            boolean recovered = text.contains("\"recovered\":true");
            if (!epoch.isEmpty()) {
                ledger.count(recovered ? "recovered" : "not recovered");
                if (!recovered && manner.hearsAll()) {
                    ledger.complain("lost: " + name + " could not go on after " + last + ": " + text);
                }
            }
            if (text.contains("\"epoch\"")) {
                epoch = Json.text(text, "epoch");
                last = Json.number(text, "offset");
                ledger.reached(room, last);
            }
        }

        void hear(String text) {
            long place = Json.number(text, "seq");
            if (place <= last) {
                ledger.complain(
                        "doubled or out of order: " + name + " heard " + place + " in " + room + " after " + last);
            } else if (place != last + 1) {
                ledger.complain("lost: " + name + " heard " + place + " in " + room + " after " + last);
            }
            last = place;
            ledger.said(room, place, Json.number(text, "number"));
        }

        void lose(String text) {
            ledger.count("told of a loss");
            if (manner.hearsAll()) {
                ledger.complain("lost: " + name + " was told " + text);
            }
            last = Json.number(text.substring(text.indexOf("\"to\"")), "offset");
        }

        @Override
        public String toString() {
            return room + " " + last + " of " + ledger.newest(room) + (taken ? "" : ", not in");
        }
    }
}

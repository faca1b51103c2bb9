package io.channelbox.examples.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a room who writes one message after another, each until it is confirmed, under its key, however often the
 * connection is lost; and who goes on reading where the last connection has ended.
 */
final class RoomWriter {

    private final Program program;
    private final String user;
    private final Semaphore confirmations;
    private final Map<String, Long> confirmed = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();
    private @Nullable String epoch;
    private long offset;
    private int written;
    private @Nullable String pending;

    RoomWriter(Program program, String user, Semaphore confirmations) {
        this.program = program;
        this.user = user;
        this.confirmations = confirmations;
    }

    /** Writes until it is enough; what was begun by then is confirmed. */
    void write(BooleanSupplier enough) throws Exception {
        while (pending != null || !enough.getAsBoolean()) {
            try (Line line = enter()) {
                while (pending != null || !enough.getAsBoolean()) {
                    if (pending == null) {
                        pending = user + " " + ++written;
                    }
                    confirm(line, pending);
                    pending = null;
                    confirmations.release();
                }
            } catch (IOException lost) {
                // comes back
            }
        }
    }

    /** Reads up to this number. */
    void readUpTo(long number) throws Exception {
        try (Line line = enter()) {
            while (offset < number) {
                take(line.receive());
            }
        }
    }

    /** Returns what was confirmed, and under which number. */
    Map<String, Long> confirmed() {
        return confirmed;
    }

    /** Returns what was said by whomever, in the order in which it was read. */
    List<String> said() {
        return said;
    }

    private Line enter() throws Exception {
        Line line = Line.to(program.port(), user);
        line.send("{'topic':'room:7','ref':'s','type':'subscribe','payload':"
                + (epoch == null
                        ? "{'last':1000}}"
                        : "{'position':{'epoch':'" + epoch + "','offset':" + offset + "}}}"));
        JsonNode answer = line.answerTo("s", this::take).get("payload");
        if (epoch != null && !answer.path("recovered").asBoolean()) {
            throw new AssertionError(user + " could not go on after " + offset + ": " + answer);
        }
        if (epoch == null && answer.has("position")) {
            epoch = answer.at("/position/epoch").asText();
            offset = answer.at("/position/offset").asLong();
        }
        return line;
    }

    private void confirm(Line line, String text) throws Exception {
        line.send("{'topic':'room:7','ref':'m','idempotency_key':'" + text + "','type':'say','payload':{'content':'"
                + text + "'}}");
        JsonNode ack = line.answerTo("m", this::take);
        epoch = ack.at("/payload/position/epoch").asText();
        confirmed.put(text, ack.at("/payload/position/offset").asLong());
    }

    private void take(JsonNode frame) {
        if (!frame.has("seq")) {
            return;
        }
        if (frame.get("seq").asLong() != offset + 1) {
            throw new AssertionError(user + " read " + frame + " after " + offset);
        }
        offset++;
        if (frame.get("type").asText().equals("said")) {
            said.add(frame.at("/payload/content").asText());
        }
    }
}

package io.channelbox.testkit;

import io.channelbox.consumer.Ack;
import io.channelbox.message.StreamPosition;
import io.channelbox.testkit.TopicClient.Delivered;
import io.channelbox.testkit.TopicClient.Lost;
import io.channelbox.testkit.TopicClient.NotPublished;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a {@link TopicClient} hears and says in one topic. Used on the client's loop only. */
final class TopicFeed {

    private static final StreamPosition START = new StreamPosition("", 0); // everything ever kept comes after it

    /** Sends a frame in the topic, and brings back the first answer to it. */
    interface Speaker {

        void say(String type, Map<String, Object> payload, Optional<String> key, Answer answer);

        void later(Duration delay, Runnable task);

        /** Returns a number from 0 up to 1, by which waits are spread. */
        double random();
    }

    /** Takes an answer. */
    interface Answer {

        void take(String type, Map<String, Object> payload);
    }

    enum State {
        WAITING,
        SUBSCRIBING,
        SUBSCRIBED,
        ENDED
    }

    final String name;
    final List<Delivered> delivered = new ArrayList<>();
    final List<Lost> lost = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    final TopicRoster roster = new TopicRoster();

    private final Speaker speaker;
    private final Optional<Integer> last;
    private final Unconfirmed unconfirmed;
    private State state = State.WAITING;
    private @Nullable String epoch;
    private @Nullable Long offset;
    private long attempts; // what an older one planned is not done
    private boolean begun; // was subscribed: without a position then, whatever is there was said since
    private @Nullable Map<String, Object> broken; // what the server said just now that it cannot go on with

    TopicFeed(String name, Optional<Integer> last, Speaker speaker) {
        this.name = name;
        this.last = last;
        this.speaker = speaker;
        this.unconfirmed = new Unconfirmed(speaker, delivered::add);
    }

    State state() {
        return state;
    }

    Optional<StreamPosition> position() {
        return epoch == null || offset == null ? Optional.empty() : Optional.of(new StreamPosition(epoch, offset));
    }

    @Override
    public String toString() {
        return name + " " + state + " at " + position() + ", heard " + delivered.size() + ", not confirmed "
                + unconfirmed.size() + ", lost " + lost + ", faults " + faults;
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    void connected() {
        if (state != State.WAITING) {
            return;
        }
        Optional<StreamPosition> asked =
                position().or(() -> begun && offset == null ? Optional.of(START) : Optional.empty());
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("last", last.orElse(0)); // a number, so that positions are told
        asked.ifPresent(at -> wanted.put("position", Map.of("epoch", at.epoch(), "offset", at.offset())));
        state = State.SUBSCRIBING;
        speaker.say("subscribe", wanted, Optional.empty(), (type, answer) -> answered(asked, type, answer));
    }

    private void answered(Optional<StreamPosition> asked, String type, Map<String, Object> answer) {
        if (state != State.SUBSCRIBING) {
            return;
        }
        if (type.equals("subscribed")) {
            state = State.SUBSCRIBED;
            beginAt(asked, answer);
            unconfirmed.begin();
        } else if (type.equals("error") && TopicFrames.isTemporary(answer)) {
            again(answer);
        } else {
            end(TopicFrames.refusalIn(answer));
        }
    }

    /** Goes on where the server says, and notes what is lost when that is not where it was asked for. */
    private void beginAt(Optional<StreamPosition> asked, Map<String, Object> answer) {
        boolean recovered = Boolean.TRUE.equals(answer.get("recovered"));
        Optional<StreamPosition> start = TopicFrames.positionIn(answer, "position");
        boolean elsewhere = offset == null
                ? asked.isPresent() && start.isPresent() && start.get().offset() > 0
                : asked.isPresent() || start.isEmpty() || start.get().offset() != offset;
        begun = true;
        broken = null;
        if (answer.get("lost") instanceof Map<?, ?> told) {
            lost.add(TopicFrames.lostIn(TopicFrames.object(told)));
        } else if (elsewhere && !recovered) {
            lost.add(new Lost(asked, start, "unknown"));
        }
        at(start);
    }

    /** Subscribes anew, when the server has had the time it asked for. */
    private void again(Map<String, Object> answer) {
        state = State.WAITING;
        long attempt = ++attempts;
        speaker.later(TopicFrames.waitIn(answer, speaker.random()), () -> {
            if (attempt == attempts) {
                connected();
            }
        });
    }

    void heard(String type, Map<String, Object> payload, boolean answers, OptionalLong seq) {
        if (state != State.SUBSCRIBED) {
            return; // still from a subscription before
        }
        if (seq.isPresent()) {
            broken = null;
            kept(type, payload, seq.getAsLong());
            return;
        }
        switch (type) {
            case "unsubscribed" -> {
                if (broken == null) {
                    end(new NotPublished("not_subscribed", "the subscription was ended"));
                } else {
                    roster.interrupted();
                    unconfirmed.pause();
                    again(broken);
                }
            }
            case "error" -> {
                if ("unavailable".equals(payload.get("reason")) && !answers) {
                    broken = payload;
                }
                delivered.add(new Delivered(type, payload, seq));
            }
            case "subscribed" -> at(TopicFrames.positionIn(payload, "position")); // it had kept nothing before
            case "lost" -> {
                lost.add(TopicFrames.lostIn(payload));
                at(TopicFrames.positionIn(payload, "to"));
            }
            case "presence_state", "presence_diff" -> {
                if (!roster.apply(type, payload)) {
                    speaker.say("presence", Map.of(), Optional.empty(), this::presence);
                }
            }
            case "typing" -> roster.typing(payload);
            default -> delivered.add(new Delivered(type, payload, seq));
        }
    }

    private void presence(String type, Map<String, Object> payload) {
        if (type.equals("presence_state")) {
            roster.apply(type, payload);
        } else {
            roster.refused();
        }
    }

    private void kept(String type, Map<String, Object> payload, long seq) {
        if (offset != null && seq <= offset) {
            faults.add(name + ": " + seq + " came again after " + offset);
            return;
        }
        if (seq != (offset == null ? seq : offset + 1)) {
            faults.add(name + ": " + seq + " came after " + offset);
        }
        offset = seq;
        delivered.add(new Delivered(type, payload, OptionalLong.of(seq)));
    }

    private void at(Optional<StreamPosition> position) {
        epoch = position.map(StreamPosition::epoch).orElse(null);
        offset = position.map(StreamPosition::offset).orElse(null);
    }

    void down(boolean failed) {
        if (state != State.ENDED) {
            state = State.WAITING;
        }
        attempts++;
        roster.interrupted();
        if (failed) {
            unconfirmed.fail();
        } else {
            unconfirmed.pause();
        }
    }

    /** Nothing can be said here any more. */
    void end(NotPublished reason) {
        state = State.ENDED;
        unconfirmed.end(reason);
    }

    CompletableFuture<Ack> publish(String type, Map<String, Object> payload, String key) {
        return unconfirmed.add(type, payload, key);
    }
}

package io.channelbox.testkit;

import io.channelbox.consumer.Ack;
import io.channelbox.message.Frame;
import io.channelbox.message.TypeName;
import io.channelbox.presence.PresenceCount;
import io.channelbox.presence.PresenceDiff;
import io.channelbox.presence.PresenceState;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.Typing;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who is in a topic and who types there, as one client sees it: kept from the states and diffs it is sent, as a page would. Ask
 * {@link TestTopic#presence}.
 */
public final class TestPresence {

    private final TestTopic topic;
    private final Map<String, PresenceState.Member> members = new LinkedHashMap<>();
    private final Set<String> typers = new LinkedHashSet<>();
    private Optional<PresenceCount> count = Optional.empty();
    private long version;
    private boolean reduced;

    /** What a peer says of itself. */
    @TypeName("status")
    record Status(String status, String text) {}

    /** Whether a peer is writing something. */
    @TypeName("typing")
    record Writing(boolean typing) {}

    TestPresence(TestTopic topic) {
        this.topic = topic;
    }

    /** Returns the ids of who is here, in the order this client has heard of them. */
    public List<String> users() {
        return List.copyOf(named().keySet());
    }

    /** Returns what this client knows of a user; empty when the user is not here. */
    public Optional<PresenceState.Member> user(String id) {
        return Optional.ofNullable(named().get(id));
    }

    /** Returns how a user can be reached: {@link PresenceStatus#OFFLINE} when not here. */
    public PresenceStatus status(String id) {
        return user(id).map(member -> PresenceStatus.of(member.status())).orElse(PresenceStatus.OFFLINE);
    }

    /** Returns the ids of who is writing something, those first who have begun first. */
    public List<String> typers() {
        topic.takePresence();
        return List.copyOf(typers);
    }

    /** Returns how many are here. */
    public PresenceCount count() {
        topic.takePresence();
        return count.orElseThrow(() -> new AssertionError("nothing was told of who is in " + topic.name()));
    }

    /** Tells whether too many are here to be named. */
    public boolean isReduced() {
        count();
        return reduced;
    }

    /** Says what this client's user says of themselves, and takes the confirmation. */
    public void set(PresenceStatus status, String text) {
        topic.ask(new Status(status.word(), text), Ack.class);
    }

    /** Says whether this client's user is writing something. */
    public void type(boolean typing) {
        topic.send(new Writing(typing));
    }

    private Map<String, PresenceState.Member> named() {
        if (isReduced()) {
            throw new AssertionError("too many are in " + topic.name() + " to be named: ask for the count");
        }
        return members;
    }

    /** Takes a frame that tells of presence. */
    void follow(String type, Frame frame, Dialect dialect) {
        switch (type) {
            case "presence_state" -> become(dialect.read(frame, PresenceState.class));
            case "presence_diff" -> apply(dialect.read(frame, PresenceDiff.class));
            default -> note(dialect.read(frame, Typing.class));
        }
    }

    /** Tells whether frames of this type tell of presence. */
    static boolean isTold(String type) {
        return type.equals("presence_state") || type.equals("presence_diff") || type.equals("typing");
    }

    private void become(PresenceState state) {
        members.clear();
        know(state.version(), new PresenceCount(state.users(), state.channels()), state.reduced());
        state.members().ifPresent(all -> all.forEach(member -> members.put(member.id(), member)));
    }

    private void apply(PresenceDiff diff) {
        if (count.isEmpty() || (diff.version() != version + 1 && !diff.reduced())) {
            throw new AssertionError("a diff to version " + diff.version() + " of who is in " + topic.name()
                    + " does not apply to " + (count.isEmpty() ? "nothing" : "version " + version));
        }
        Consumer<List<PresenceState.Member>> put = some -> some.forEach(member -> members.put(member.id(), member));
        diff.joins().ifPresent(put);
        diff.updates().ifPresent(put);
        diff.leaves().ifPresent(ids -> ids.forEach(members::remove));
        if (diff.reduced()) {
            members.clear();
        }
        know(diff.version(), new PresenceCount(diff.users(), diff.channels()), diff.reduced());
    }

    private void know(long newest, PresenceCount now, boolean isReduced) {
        version = newest;
        count = Optional.of(now);
        reduced = isReduced;
    }

    private void note(Typing typing) {
        if (typing.typing()) {
            typers.add(typing.user());
        } else {
            typers.remove(typing.user());
        }
    }
}

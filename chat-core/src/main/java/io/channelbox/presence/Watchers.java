package io.channelbox.presence;

import io.channelbox.broker.Delivery;
import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.codec.Envelope;
import io.channelbox.message.ChannelId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the peers of one group have been told: nobody gets a change before a state that it applies to. Used by whoever runs the
 * lane of the group.
 */
final class Watchers {

    /** Each says it all: who reads slowly needs the latest only. */
    private static final Delivery COUNT = Delivery.state("presence");

    private record Question(Channel channel, Envelope envelope) {}

    private final Group group;
    private final Presence.Settings settings;
    private final Map<ChannelId, Channel> told = new LinkedHashMap<>();
    private final Map<ChannelId, Channel> newcomers = new LinkedHashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private long version;
    private boolean reduced;
    private boolean due;

    Watchers(Group group, Presence.Settings settings) {
        this.group = group;
        this.settings = settings;
    }

    /** Will tell a channel all there is, also one that has been told before. */
    void expect(Channel channel) {
        told.remove(channel.id());
        newcomers.put(channel.id(), channel);
    }

    void remove(Channel channel) {
        told.remove(channel.id());
        newcomers.remove(channel.id());
        questions.removeIf(question -> question.channel().equals(channel));
    }

    void ask(Channel channel, Envelope envelope) {
        questions.add(new Question(channel, envelope));
    }

    /** Returns those who are told, as a snapshot. */
    List<Channel> channels() {
        return List.copyOf(told.values());
    }

    /** Who comes sees those who are here, then its own coming among the changes. */
    void tellNewcomersBefore(Collection<PresenceMember> here, PresenceCount count) {
        if (settings.seesOwnJoin()) {
            tellNewcomers(here, count);
        }
    }

    /** Who comes, when it is not to see its own coming, and who has asked: they see those who are here now. */
    void tellWhoWaits(Collection<PresenceMember> here, PresenceCount count) {
        tellNewcomers(here, count);
        for (Question question : questions) {
            group.sendTo(question.channel(), state(here, count), question.envelope());
        }
        questions.clear();
    }

    private void tellNewcomers(Collection<PresenceMember> here, PresenceCount count) {
        if (!newcomers.isEmpty()) {
            group.sendTo(List.copyOf(newcomers.values()), state(here, count));
            told.putAll(newcomers);
            newcomers.clear();
        }
    }

    private PresenceState state(Collection<PresenceMember> here, PresenceCount count) {
        return new PresenceState(
                version,
                count.users(),
                count.channels(),
                reduced ? Optional.empty() : Optional.of(PresenceState.Member.of(here)),
                reduced);
    }

    void tell(PresenceChange change, PresenceCount count) {
        if (reduced) {
            due = true;
            return;
        }
        reduced = count.users() > settings.namesUpTo();
        if (reduced) {
            tellCount(count);
            return;
        }
        version++;
        send(new PresenceDiff(
                version,
                count.users(),
                count.channels(),
                Optional.of(PresenceState.Member.of(change.joins())),
                Optional.of(change.leaves().stream()
                        .map(member -> member.id().value())
                        .toList()),
                Optional.of(PresenceState.Member.of(change.updates())),
                false));
    }

    private void tellCount(PresenceCount count) {
        version++;
        var counted = new PresenceDiff(
                version, count.users(), count.channels(), Optional.empty(), Optional.empty(), Optional.empty(), true);
        send(counted, COUNT);
    }

    /** Tells what was put off, at most once a second. */
    void tick(Collection<PresenceMember> here, PresenceCount count) {
        if (!due) {
            return;
        }
        due = false;
        if (count.users() <= settings.namesAgainFrom()) {
            reduced = false;
            version++;
            send(state(here, count));
        } else {
            tellCount(count);
        }
    }

    boolean isDue() {
        return due;
    }

    private void send(Object payload) {
        send(payload, Delivery.MESSAGE);
    }

    private void send(Object payload, Delivery delivery) {
        if (!told.isEmpty()) {
            group.sendTo(told.values(), payload, delivery);
        }
    }
}

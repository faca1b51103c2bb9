package io.channelbox.channel;

import io.channelbox.auth.Verb;
import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.Delivery;
import io.channelbox.channel.GroupRegistry.Joining;
import io.channelbox.channel.GroupRegistry.Leaving;
import io.channelbox.codec.Content;
import io.channelbox.codec.Envelope;
import io.channelbox.event.ChatEvent;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joining and leaving: changes the registry, then lets the broker and the listeners know. Holds no state, and no lock while it tells. */
final class Groups {

    private static final Logger log = LoggerFactory.getLogger(Groups.class);

    private final GroupRegistry registry;
    private final Interest interest;
    private final Broker broker;
    private final Events events;
    private final Access access;
    private final SharedHistory shared;
    private final String historyFormat;

    Groups(
            GroupRegistry registry,
            Broker broker,
            SharedHistory shared,
            String historyFormat,
            Events events,
            Access access) {
        this.registry = registry;
        this.access = access;
        this.interest = new Interest(registry, broker, shared);
        this.broker = broker;
        this.shared = shared;
        this.historyFormat = historyFormat;
        this.events = events;
    }

    JoinStatus join(Channel channel, GroupName name) {
        Joining joining = registry.join(channel, name, Membership::live);
        joining.membership().ifPresent(membership -> joined(membership, joining.status()));
        return joining.status();
    }

    JoinStatus joinAsTopic(Channel channel, GroupName name, CatchUp wanted, StreamWords words, Envelope answer) {
        if (!wanted.isNothing() && !channel.codec().restores(historyFormat)) {
            throw new IllegalStateException("What is kept as '" + historyFormat + "' cannot be replayed as '"
                    + channel.codec().format()
                    + "'. Keep it as it is told: ChannelBox.builder().historyCodec(topics.codec())");
        }
        Joining joining = registry.join(channel, name, (member, group) -> Membership.ofTopic(member, group, words));
        joining.membership().ifPresent(membership -> {
            joined(membership, joining.status());
            orLeave(
                    membership,
                    () -> new Replay(membership, shared, staysLocal(), words, this::leave).begin(wanted, answer));
        });
        return joining.status();
    }

    private boolean staysLocal() {
        return broker.cluster().filter(Cluster::staysLocal).isPresent();
    }

    JoinStatus joinWithHistory(
            Channel channel, GroupName name, HistoryQuery query, BiConsumer<HistoryPage, Consumer<Object>> reply) {
        Objects.requireNonNull(reply, "reply");
        if (Objects.requireNonNull(query, "query").before().isPresent()) {
            throw new IllegalArgumentException(
                    "Joining needs the newest history, or all after a position: latest(50), or after(position, 50)");
        }
        Joining joining = registry.join(channel, name, Membership::holding);
        joining.membership().ifPresent(membership -> {
            joined(membership, joining.status());
            catchUp(membership, query, reply);
        });
        return joining.status();
    }

    /** Reads the history while the membership holds what is said meanwhile, then lets it live. */
    private void catchUp(Membership membership, HistoryQuery query, BiConsumer<HistoryPage, Consumer<Object>> reply) {
        Channel channel = membership.channel();
        List<Frame> frames = new ArrayList<>();
        orLeave(membership, () -> {
            HistoryPage last = tellPages(
                    membership.group(),
                    query,
                    reply,
                    payload -> addIfPassed(channel, Content.of(payload).in(channel.codec()), frames));
            membership.replay(new Membership.Page(false, false, last.top()), beginning -> frames, () -> {});
        });
    }

    static void addIfPassed(Channel channel, Frame frame, List<Frame> frames) {
        Frame passed = channel.intercepted(frame);
        if (passed != null) {
            frames.add(passed);
        }
    }

    private void orLeave(Membership membership, Runnable catchingUp) {
        boolean done = false;
        try {
            catchingUp.run();
            done = true;
        } finally {
            if (!done) {
                leave(membership);
            }
        }
    }

    private HistoryPage tellPages(
            GroupName name, HistoryQuery query, BiConsumer<HistoryPage, Consumer<Object>> reply, Consumer<Object> out) {
        HistoryPage page = broker.history().read(name, query);
        reply.accept(page, out);
        while (query.after().isPresent() && page.more()) {
            StreamPosition last = page.entries().get(page.entries().size() - 1).position();
            page = broker.history().read(name, query.after(last));
            reply.accept(page, out);
        }
        return page;
    }

    private void joined(Membership membership, JoinStatus status) {
        GroupName name = membership.group();
        try {
            interest.update(name);
        } catch (RuntimeException | Error e) {
            Hooks.runAll(registry.leave(membership).hooks());
            throw e;
        }
        if (status == JoinStatus.GROUP_CREATED) {
            events.tell(new ChatEvent.GroupCreated(name));
        }
        events.tell(new ChatEvent.Joined(membership.channel().id(), name));
        if (access.isShutTo(membership)) { // since it was asked, by somebody who may not have seen this membership
            leave(membership);
            throw access.denied(membership.channel(), Verb.JOIN, name);
        }
    }

    LeaveStatus leave(Channel channel, GroupName name) {
        Leaving leaving = registry.leave(channel, name);
        if (leaving.hasLeft()) {
            left(channel, leaving);
        }
        return leaving.status();
    }

    /** Ends the memberships of these channels against their will, and returns how many there were. */
    int kick(List<Channel> channels, GroupName name) {
        int kicked = 0;
        for (Channel channel : channels) {
            Leaving leaving = registry.leave(channel, name);
            if (leaving.hasLeft()) {
                kicked++;
                events.tell(new ChatEvent.Kicked(channel.id(), name));
                left(channel, leaving);
                channel.tell(new RemovedFromGroup(name));
            }
        }
        return kicked;
    }

    /** Undoes one joining, and none that came after it. */
    private void leave(Membership membership) {
        Leaving leaving = registry.leave(membership);
        if (leaving.hasLeft()) {
            left(membership.channel(), leaving);
        }
    }

    /** Takes the channel out of all groups; it can join none any more. */
    void end(Channel channel) {
        registry.end(channel).forEach(leaving -> left(channel, leaving));
    }

    private void left(Channel channel, Leaving leaving) {
        events.tell(new ChatEvent.Left(channel.id(), leaving.group()));
        if (leaving.status() == LeaveStatus.GROUP_REMOVED) {
            events.tell(new ChatEvent.GroupEmptied(leaving.group()));
            try {
                interest.update(leaving.group());
            } catch (RuntimeException | Error e) { // whatever it is, it must not keep a channel from ending
                log.error("The broker could not be told that nobody is in {}", leaving.group(), e);
            }
        }
        Hooks.runAll(leaving.hooks());
    }

    /** One thing to many: what one of them cannot be told, the others still are. */
    void sendTo(Collection<Channel> some, GroupName name, EnvelopedContent content, Delivery delivery) {
        for (Channel channel : some) {
            try {
                sendTo(channel, name, content, Envelope.NONE, delivery);
            } catch (RuntimeException | Error e) { // interceptors and codecs are the application's
                log.error("{} could not be told something in {}", channel, name, e);
            }
        }
    }

    /** Says something to one member, with the topic where it joined as one. */
    SendResult sendTo(Channel channel, GroupName name, EnvelopedContent content, Envelope envelope, Delivery delivery) {
        Optional<Membership> membership = channel.memberships().get(name);
        if (membership.isEmpty()) {
            return SendResult.NO_SUCH_CHANNEL;
        }
        Envelope around = membership.get().isTopic() ? envelope.topic(name.value()) : envelope;
        Outcome outcome = membership
                .get()
                .deliver(
                        content.in(channel.codec(), around),
                        Optional.empty(),
                        Terms.inGroup(name, delivery, channel.limits().policy()));
        channel.outbox().drain();
        return outcome.asSendResult();
    }

    List<Channel> members(GroupName name) {
        return registry.snapshot(name).members().stream()
                .map(Membership::channel)
                .toList();
    }

    int size(GroupName name) {
        return registry.size(name);
    }

    Set<GroupName> names() {
        return registry.names();
    }
}

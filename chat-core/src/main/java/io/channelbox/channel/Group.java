package io.channelbox.channel;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.Verb;
import io.channelbox.broker.Delivery;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Rule;
import io.channelbox.codec.Content;
import io.channelbox.codec.Envelope;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A handle on a group: everyone who joined under one name. A group exists while it has members; its handle can be had, kept
 * and used at any time, on any thread. Handles of one box and name are equal, if they act for the same channel or for none.
 *
 * <p>A handle from the box is the application itself: it may do everything, and only joining is asked for, with the user
 * of the channel that joins. A handle that acts for a channel, see {@link #actingAs}, may do what the box's
 * {@link io.channelbox.auth.AccessPolicy} allows the channel's user; everything else is refused with
 * {@link io.channelbox.auth.NotAllowedException}.
 */
public final class Group {

    private final ChannelBox box;
    private final GroupName name;
    private final Optional<Channel> actor;
    private final Speech speech;

    Group(ChannelBox box, GroupName name) {
        this(box, name, Optional.empty(), Speech.PLAIN);
    }

    private Group(ChannelBox box, GroupName name, Optional<Channel> actor, Speech speech) {
        this.box = box;
        this.name = Objects.requireNonNull(name, "name");
        this.actor = actor;
        this.speech = speech;
    }

    /**
     * Returns the same group, as the user of this channel may use it. Broadcasting asks to publish, with the kind of the
     * message, or, where the options name none, what its discriminator says; it is counted against the limit of the group,
     * and signed with the user, in whose name alone it speaks. Reading the history asks to read; members, size and, for other
     * channels, contains ask for presence. What is nobody's but the application's is refused: to forget the history, to kick and to ban. Leaving
     * is always allowed.
     */
    public Group actingAs(Channel channel) {
        return actingAs(channel, Speech.PLAIN);
    }

    /** For consumers: like {@link #actingAs(Channel)}, and whatever the handle broadcasts passes through this. */
    public Group actingAs(Channel channel, Speech through) {
        return new Group(box, name, Optional.of(ownOf(channel)), Objects.requireNonNull(through, "through"));
    }

    /** Returns the name. */
    public GroupName name() {
        return name;
    }

    /**
     * Makes a channel a member. What is broadcast from now on reaches it. The channel's user is asked for, see
     * {@link io.channelbox.auth.Verb#JOIN}, but for their own inbox; nobody joins another user's.
     *
     * @throws io.channelbox.auth.NotAllowedException when the user may not join
     * @throws io.channelbox.message.PeerException when the channel joins too often, or is in too many groups
     */
    public JoinStatus join(Channel channel) {
        ask(ownOf(channel), Verb.JOIN);
        return box.memberships().join(channel, name);
    }

    /**
     * Makes a channel a member that is told, with everything it gets by this membership, that it was said in the topic of the
     * group's name, and its number in it when it is kept: for a connection that carries many topics. First it is told where
     * its stream begins, then what it wants of the past, as it was told when it was said: all of it, or what is lost. A
     * channel that is a member already is told nothing.
     *
     * <p>The channel's user is asked for as by {@link #join}; who wants the newest messages also for reading, and who wants
     * those after a position besides for coming back, see {@link io.channelbox.auth.Verb#RESUME}.
     *
     * @param answer surrounds what it is told first, which may answer something
     * @throws io.channelbox.message.StoreException when the history cannot be read; the channel is then no member
     * @throws IllegalStateException when what is kept cannot be told in the channel's format
     * @throws io.channelbox.auth.NotAllowedException when the user may not
     * @throws io.channelbox.message.PeerException when the channel joins too often, or is in too many groups
     */
    public JoinStatus joinAsTopic(Channel channel, CatchUp wanted, StreamWords words, Envelope answer) {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(answer, "answer");
        ask(ownOf(channel), Verb.JOIN);
        if (!Objects.requireNonNull(wanted, "wanted").isNothing()) {
            ask(channel, Verb.READ);
        }
        if (wanted.since().isPresent()) {
            ask(channel, Verb.RESUME);
        }
        return box.memberships().joinAsTopic(channel, name, wanted, words, answer);
    }

    /**
     * Makes a channel a member and first sends it what was said before: every kept message is in the page or comes live
     * after it, none is missing and none comes twice. A channel that is a member already gets nothing. The channel's user is
     * asked for as by {@link #join}, and for reading; where the query names a position also for coming back, see
     * {@link io.channelbox.auth.Verb#RESUME}.
     *
     * @param reply makes of the page the object that the channel is sent
     * @throws io.channelbox.message.StoreException when the history cannot be read; the channel is then no member
     * @throws io.channelbox.auth.NotAllowedException when the user may not
     * @throws io.channelbox.message.PeerException when the channel joins too often, or is in too many groups
     */
    public JoinStatus joinWithHistory(Channel channel, HistoryQuery query, Function<HistoryPage, ?> reply) {
        return joinWithHistory(channel, query, (page, out) -> out.accept(reply.apply(page)));
    }

    /**
     * Like {@link #joinWithHistory(Channel, HistoryQuery, Function)}, for a reply of any number of objects: one frame per
     * message, say, or none when the page is empty. A query after a position may come in several pages, one call each.
     */
    public JoinStatus joinWithHistory(
            Channel channel, HistoryQuery query, BiConsumer<HistoryPage, Consumer<Object>> reply) {
        ask(ownOf(channel), Verb.JOIN);
        ask(channel, Verb.READ);
        if (Objects.requireNonNull(query, "query").after().isPresent()) {
            ask(channel, Verb.RESUME);
        }
        return box.memberships().joinWithHistory(channel, name, query, reply);
    }

    private void ask(Channel channel, Verb verb) {
        if (verb == Verb.JOIN && !isInboxOf(channel)) {
            channel.admitJoin();
        }
        box.access().require(channel, verb, name);
    }

    private boolean isInboxOf(Channel channel) {
        return name.isInbox() && name.equals(GroupName.inboxOf(channel.user().id()));
    }

    /** Ends a channel's membership. What is broadcast from now on does not reach it. */
    public LeaveStatus leave(Channel channel) {
        return box.memberships().leave(ownOf(channel), name);
    }

    /** Says something to all members, as {@link PublishOptions#DEFAULT} says. See {@link #broadcast(Object, PublishOptions)}. */
    public BroadcastResult broadcast(Object payload) {
        return broadcast(payload, PublishOptions.DEFAULT);
    }

    /**
     * Says something to all members. It is encoded once per format they speak and queued for each; no peer is waited for.
     *
     * @throws IllegalArgumentException when a member's codec cannot write such an object; then nobody was told
     * @throws io.channelbox.message.StoreException when it was to be kept and could not be; then nobody was told
     * @throws io.channelbox.auth.NotAllowedException when this handle acts for a user who may not, or the options name
     *     another sender
     * @throws io.channelbox.message.PeerException when this handle acts for a user, and users speak to the group too often, or the
     *     group is frozen, or the user is muted in it or has to wait in its slow mode; then nobody was told
     */
    public BroadcastResult broadcast(Object payload, PublishOptions options) {
        return speech.say(
                name,
                Objects.requireNonNull(options, "options"),
                chosen -> box.publisher().publish(name, payload, signed(payload, chosen)));
    }

    /**
     * Says something when a transaction has committed, so that nobody hears of what is rolled back. The payload is written then,
     * and must not change before. What {@link #broadcast(Object, PublishOptions)} throws, the hook's action throws.
     */
    public void broadcastAfterCommit(CommitHook transaction, Object payload, PublishOptions options) {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(options, "options");
        transaction.afterCommit(() -> broadcast(payload, options));
    }

    /**
     * Says something to one member alone, in the order of what the member gets by its membership: behind a history that is still
     * read for it, and with the topic where it joined as one. Nothing is asked, and nothing kept. Who is no member gets
     * nothing, which is answered by {@link SendResult#NO_SUCH_CHANNEL}.
     *
     * @throws IllegalArgumentException when the member's codec cannot write such an object
     */
    public SendResult sendTo(Channel member, Object payload) {
        return sendTo(member, payload, Envelope.NONE);
    }

    /** Like {@link #sendTo(Channel, Object)}, in an envelope: as an answer, say. */
    public SendResult sendTo(Channel member, Object payload, Envelope envelope) {
        return box.memberships()
                .sendTo(ownOf(member), name, new EnvelopedContent(Content.of(payload)), envelope, Delivery.MESSAGE);
    }

    /**
     * Says something to these members on this node, like {@link #sendTo(Channel, Object)} to each; it is written once per format.
     * A member for which it cannot be written is left out, and the others get theirs.
     */
    public void sendTo(Collection<Channel> some, Object payload) {
        sendTo(some, payload, Delivery.MESSAGE);
    }

    /** Like {@link #sendTo(Collection, Object)}, for what need not arrive in any case. Keys are shared with what is broadcast to the group. */
    public void sendTo(Collection<Channel> some, Object payload, Delivery delivery) {
        box.memberships()
                .sendTo(
                        some,
                        name,
                        new EnvelopedContent(Content.of(payload)),
                        Objects.requireNonNull(delivery, "delivery"));
    }

    /**
     * Asks whether the user this handle acts for may do this here: for what an application offers besides the verbs of a group.
     * A handle of the box may do everything.
     *
     * @throws io.channelbox.auth.NotAllowedException when the user may not
     */
    public void require(Verb verb) {
        askForActor(Objects.requireNonNull(verb, "verb"));
    }

    private PublishOptions signed(Object payload, PublishOptions options) {
        if (actor.isEmpty()) {
            return options;
        }
        PublishOptions signed = box.access().requirePublish(actor.get(), name, payload, options);
        box.throttle().admitPublish(actor.get(), name);
        return signed;
    }

    /** Returns the members on this node in the order they joined, as a snapshot. */
    public List<Channel> members() {
        askForActor(Verb.PRESENCE);
        return box.memberships().members(name);
    }

    /** Returns the number of members on this node. */
    public int size() {
        askForActor(Verb.PRESENCE);
        return box.memberships().size(name);
    }

    /** Tells whether a channel is a member. Who acts for the channel itself is not asked for that. */
    public boolean contains(Channel channel) {
        if (!actor.equals(Optional.of(channel))) {
            askForActor(Verb.PRESENCE);
        }
        return channel.isOf(box) && channel.memberships().get(name).isPresent();
    }

    /** Returns a page of what was said. */
    public HistoryPage history(HistoryQuery query) {
        askForActor(Verb.READ);
        return box.history().read(name, Objects.requireNonNull(query, "query"));
    }

    /** Tells how much of what was said is kept. */
    public HistoryStats historyStats() {
        askForActor(Verb.READ);
        return box.history().stats(name);
    }

    /**
     * Forgets what was said.
     *
     * @throws io.channelbox.message.StoreException when it could not be forgotten, or other nodes could not be told; those may go on telling
     *     what they have just read for a second
     */
    public void clearHistory() {
        refuseActor();
        box.clearHistory(name);
    }

    /**
     * Ends all memberships of a user's channels, on all nodes. The channels stay open, and may join again; their consumers
     * hear of it, see {@link RemovedFromGroup}. Returns how many memberships there were on this node.
     *
     * @throws io.channelbox.message.StoreException when other nodes could not be told; on this one it is done then
     */
    public int kick(UserId user) {
        refuseActor();
        return box.moderation().kick(Objects.requireNonNull(user, "user"), notAnInbox());
    }

    /**
     * Kicks a user, and keeps them out for this long: they cannot join, say, read or look at anything here. The ban holds
     * on all nodes as {@link ChannelBox#ban} says; one that must outlive that belongs where the
     * {@link io.channelbox.auth.AccessPolicy} looks. Banning again replaces the ban. Returns how many memberships there
     * were on this node.
     *
     * @throws io.channelbox.message.StoreException when it could not be told to other nodes; then it holds on this one alone, and may be
     *     made again
     */
    public int ban(UserId user, Duration time) {
        refuseActor();
        return box.moderation().ban(Objects.requireNonNull(user, "user"), notAnInbox(), time);
    }

    /**
     * Ends a user's ban from this group, on all nodes; a ban from the box stays. Tells whether this node knew of one.
     *
     * @throws io.channelbox.message.StoreException when it could not be ended on other nodes, from where it comes back to this one
     */
    public boolean unban(UserId user) {
        refuseActor();
        return box.moderation().unban(Objects.requireNonNull(user, "user"), name);
    }

    /** Tells whether a user is banned from this group, or from the box. */
    public boolean isBanned(UserId user) {
        refuseActor();
        return box.moderation().isBanned(Objects.requireNonNull(user, "user"), name);
    }

    /**
     * Lets no user speak here, on all nodes, from the next message on: what handles that act for a channel broadcast is refused with
     * {@link io.channelbox.message.PeerException#FROZEN}. What the application itself says is not bound by this, nor by the other rules
     * of a group. How long rules last is the broker's affair: those of a {@link io.channelbox.broker.LocalBroker} as long as the process.
     *
     * @throws io.channelbox.message.StoreException when the rule could not be changed
     */
    public void freeze() {
        rule(new Rule.Freeze(true));
    }

    /** Lets users speak here again. */
    public void unfreeze() {
        rule(new Rule.Freeze(false));
    }

    /** Lets a user not speak here for this long, on all nodes, like {@link #freeze}. Muting again replaces the time. */
    public void mute(UserId user, Duration time) {
        rule(new Rule.Mute(user, Times.positive("time", time)));
    }

    /** Lets a user speak here again. */
    public void unmute(UserId user) {
        rule(new Rule.Mute(user, Duration.ZERO));
    }

    /** Lets each user wait this long between two messages here, on all nodes, like {@link #freeze}; zero lets nobody wait. */
    public void slowMode(Duration pause) {
        rule(new Rule.SlowMode(pause));
    }

    private void rule(Rule rule) {
        refuseActor();
        box.rule(name, rule);
    }

    private GroupName notAnInbox() {
        if (name.isInbox()) {
            throw new IllegalArgumentException(
                    "Nobody is kicked out of their own inbox. Use disconnectUser or ban of the box.");
        }
        return name;
    }

    private void askForActor(Verb verb) {
        actor.ifPresent(channel -> box.access().require(channel, verb, name));
    }

    /** There is no verb for this: an application that lets moderators do it looks at their roles, and uses a handle of the box. */
    private void refuseActor() {
        if (actor.isPresent()) {
            throw new NotAllowedException();
        }
    }

    private Channel ownOf(Channel channel) {
        if (!Objects.requireNonNull(channel, "channel").isOf(box)) {
            throw new IllegalArgumentException(
                    "This channel was opened by another box, and two boxes share nothing. Join a group of its own box.");
        }
        return channel;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Group that && box == that.box && name.equals(that.name) && actor.equals(that.actor);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "group " + name + actor.map(channel -> " for " + channel).orElse("");
    }
}

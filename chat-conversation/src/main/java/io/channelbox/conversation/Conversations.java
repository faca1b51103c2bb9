package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What users may do in conversations. The first argument of each method is who does it; every rule is enforced here, so that a call
 * is refused the same way wherever it comes from. Safe for use by many threads; each call blocks as long as the store does.
 *
 * <pre>{@code
 * var conversations = Conversations.in(new InMemoryConversationStore()).build();
 * Conversation group = conversations.createGroup(ann, GroupDetails.named("Lunch"), List.of(bob));
 * conversations.send(ann, group.id(), MessageDraft.text("Noon?"));
 * }</pre>
 *
 * <p>What is changed is stored first, and then told to the listeners: what they hear is always kept. These are thrown by all methods:
 * {@link NotAllowedException} when the user may not, or there is no such thing: it does not tell which;
 * {@link io.channelbox.message.PeerException} with the code {@code invalid} when an argument from outside is wrong, and its place; and
 * {@link io.channelbox.message.StoreException} when the store cannot be reached, in which case nothing was changed, or where the
 * text says so, it is unknown.
 */
public final class Conversations {

    /** The conversation is archived: nothing is said there. */
    public static final String ARCHIVED = "archived";

    /** The user may read there, but not speak. */
    public static final String MUTED = "muted";

    /** Only admins speak there at the moment. */
    public static final String FROZEN = "frozen";

    /** Members wait there from one message to their next; the refusal tells how long. */
    public static final String SLOW_MODE = "slow_mode";

    /** Somebody cannot be added where they are banned. */
    public static final String BANNED = "banned";

    /** A filter has refused what was said; the refusal tells why. */
    public static final String FILTERED = "filtered";

    /** The owner of a group cannot leave it, or be taken out. */
    public static final String OWNER = "owner";

    /** There are as many as there can be. */
    public static final String FULL = "full";

    /** The most that is returned at once, however much was asked for. */
    public static final int LARGEST_PAGE = 200;

    private final Reading reading;
    private final People people;
    private final Speech speech;
    private final Upkeep upkeep;
    private final PersonalData personalData;
    private final Reports reports;
    private final Changes changes;
    private final Moderators moderators;
    private final Pins pins;
    private final PersonalSettings settings;
    private final Invitations invitations;
    private final Search search;

    private Conversations(Builder builder) {
        this.moderators = builder.moderators;
        this.changes = new Changes(builder.store, builder.listeners, builder.clock);
        this.reading = new Reading(builder.store, builder.clock);
        this.people = new People(builder.store, changes, builder.directory, builder.clock);
        this.speech = new Speech(
                builder.store, changes, people, new Screening(builder.filters), new Mentioning(builder.mentions));
        this.search = new Search(builder.store, builder.search);
        this.pins = new Pins(builder.store, speech);
        this.settings = new PersonalSettings(builder.store, changes);
        this.invitations = new Invitations(builder.store, changes, people, builder.clock);
        this.reports = new Reports(builder.store, changes);
        this.upkeep = new Upkeep(builder.store, changes, builder.clock);
        this.personalData = new PersonalData(builder.store, changes);
    }

    /** Begins the building of conversations that are kept there. */
    public static Builder in(ConversationStore store) {
        return new Builder(store);
    }

    /** Builds {@link Conversations}. */
    public static final class Builder {

        private final ConversationStore store;
        private final List<ConversationListener> listeners = new ArrayList<>();
        private final List<MessageFilter> filters = new ArrayList<>();
        private Moderators moderators = Moderators.NOBODY;
        private UserDirectory directory = UserDirectory.ANYBODY;
        private MentionParser mentions = MentionParser.AT_SIGN;
        private InstantSource clock = Clock.systemUTC();
        private Optional<MessageSearch> search = Optional.empty();

        private Builder(ConversationStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /** Asks this directory who users are. Without it everybody exists, and is called as their id reads. */
        public Builder directory(UserDirectory users) {
            this.directory = Objects.requireNonNull(users, "users");
            return this;
        }

        /** Asks this parser who is named in what is said. Without it, it is what follows an at sign. */
        public Builder mentions(MentionParser parser) {
            this.mentions = Objects.requireNonNull(parser, "parser");
            return this;
        }

        /** Tells this listener, too, what was changed; in the order in which they were named. */
        public Builder listener(ConversationListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Lets what is said pass this filter, too, before it is kept; in the order in which they were named. */
        public Builder filter(MessageFilter filter) {
            filters.add(Objects.requireNonNull(filter, "filter"));
            return this;
        }

        /** Lets these moderate everywhere. Without it nobody does. */
        public Builder moderators(Moderators users) {
            this.moderators = Objects.requireNonNull(users, "users");
            return this;
        }

        /** Lets this propose what is found, instead of the store. It is asked while the store is read. */
        public Builder search(MessageSearch engine) {
            this.search = Optional.of(engine);
            return this;
        }

        /** Takes the time from this clock, instead of the system's. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Returns the conversations. */
        public Conversations build() {
            return new Conversations(this);
        }
    }

    /** Returns the one direct conversation with somebody, which is begun if there is none. Nobody begins one with who has blocked them, or whom they have. */
    public Conversation openDirect(UserId me, UserId other) {
        return people.openDirect(me, other);
    }

    /** Begins a group that the user owns. Those named are its members; who is named twice, or owns it, is in it once. Up to 1,000 at once. */
    public Conversation createGroup(UserId me, GroupDetails details, Collection<UserId> members) {
        return people.createGroup(me, Objects.requireNonNull(details, "details"), members);
    }

    /** Returns a conversation that the user is in, or that is public or that they were allowed to join, unless they are banned there. */
    public Conversation conversation(UserId me, ConversationId id) {
        return reading.conversation(me, id);
    }

    /** Returns what keeps messages at hand. */
    public Pins pins() {
        return pins;
    }

    /** Returns what users set for themselves: muted notifications, and conversations that are archived for one. */
    public PersonalSettings settings() {
        return settings;
    }

    /** Returns who may come into groups by themselves. */
    public Invitations invitations() {
        return invitations;
    }

    /**
     * Returns the conversations that the user is in and has not archived for themselves, the one with the latest message first: the first ones, or those
     * behind this position.
     */
    public List<ConversationSummary> list(UserId me, Optional<ListPosition> after, int limit) {
        return list(me, Listed.CURRENT, after, limit);
    }

    /** Returns these of the conversations that the user is in, the one with the latest message first: the first ones, or those behind this position. */
    public List<ConversationSummary> list(UserId me, Listed which, Optional<ListPosition> after, int limit) {
        return reading.list(me, which, after, page(limit));
    }

    /**
     * Returns what the user has missed since this moment, the conversation with the latest message first, of up to {@value #LARGEST_PAGE}: for a mail of every day or
     * week. What was said by whom they have blocked is left out, and where they muted notifications what does not name them.
     */
    public List<DigestEntry> digest(UserId me, Instant since, int limit) {
        return reading.digest(me, since, page(limit));
    }

    /**
     * Returns public groups that are not archived, and that the user is not banned from, the newest first: the first ones, or those before this one; of one category,
     * or of all.
     */
    public List<Conversation> publicGroups(
            UserId me, Optional<String> category, Optional<ConversationId> before, int limit) {
        return reading.publicGroups(me, category, before, page(limit));
    }

    /** Returns those in a conversation that the user is in, who came first first, behind this {@link Participant#number()}; 0 is from the beginning. */
    public List<Participant> participants(UserId me, ConversationId id, long afterNumber, int limit) {
        return reading.participants(me, id, afterNumber, page(limit));
    }

    /** Notes that a user is here now, or was until now; whoever tells it knows, such as a listener of presence. Nothing is noted of who does not exist. */
    public void seen(UserId user) {
        people.seen(user);
    }

    /** Returns when those on the same page of {@link #participants} were last seen; nothing of who never was. */
    public Map<UserId, Instant> lastSeen(UserId me, ConversationId id, long afterNumber, int limit) {
        return reading.lastSeen(me, id, afterNumber, page(limit));
    }

    /** Returns the user's own place in a conversation that they are in. */
    public Participant participant(UserId me, ConversationId id) {
        return reading.participant(me, id);
    }

    /**
     * Refuses who could say nothing there at the moment, as {@link #send} does, but for slow mode: ask before they upload something, or before others are told
     * that they are writing. Returns the user's own place.
     *
     * @throws io.channelbox.message.PeerException {@code archived}, {@code muted} or {@code frozen}
     */
    public Participant requireVoice(UserId me, ConversationId id) {
        return reading.withVoice(me, id);
    }

    /**
     * Says something. Its author has read everything up to it. What was said already under the draft's client id is returned as it was kept, and
     * not said again.
     *
     * @throws io.channelbox.message.PeerException {@code archived}, {@code muted}, {@code frozen}, {@code slow_mode} or {@code filtered}
     */
    public ChatMessage send(UserId me, ConversationId id, MessageDraft draft) {
        return speech.send(me, id, Objects.requireNonNull(draft, "draft"));
    }

    /** Says something as the application itself, of kind {@link MessageKind#SYSTEM}, in whatever conversation. */
    public ChatMessage announce(ConversationId id, Profile author, String content) {
        return speech.announce(id, Objects.requireNonNull(author, "author"), content);
    }

    /**
     * Says again in another conversation what the user can read, with its attachments, see {@link ChatMessage#forwardedFrom()}; as {@link #send} does, once for each
     * client id. It mentions nobody. What the application has said is not forwarded.
     */
    public ChatMessage forward(UserId me, ChatMessageId id, ConversationId to, Optional<String> clientId) {
        return speech.forward(me, id, to, clientId);
    }

    /** Says something otherwise, that was not forwarded. Only its author may, while they may speak there. What is the same as before is no change. */
    public ChatMessage edit(UserId me, ChatMessageId id, String content) {
        return speech.edit(me, id, Objects.requireNonNull(content, "content"));
    }

    /** Takes something back: its place and author stay, and nothing else. Its author may, and in groups whoever is at least admin. */
    public ChatMessage delete(UserId me, ChatMessageId id) {
        return speech.delete(me, id);
    }

    /**
     * Reacts to a message with an emoji of up to 32 characters, whatever text that is: filters do not see it. Answers false when the user has done so before.
     *
     * @throws io.channelbox.message.PeerException {@code full} when there are 50 different ones already, {@code archived}, {@code muted} or {@code frozen}
     */
    public boolean react(UserId me, ChatMessageId id, String emoji) {
        return speech.react(me, id, emoji, true);
    }

    /** Takes a reaction back. Answers false when there was none. */
    public boolean unreact(UserId me, ChatMessageId id, String emoji) {
        return speech.react(me, id, emoji, false);
    }

    /** Returns the newest messages of a conversation that the user is in, or the newest before this one. */
    public MessagePage messages(UserId me, ConversationId id, Optional<ChatMessageId> before, int limit) {
        return reading.messages(me, id, before, page(limit));
    }

    /** Returns the messages of a thread, the oldest first, behind its first one or behind another: here {@link MessagePage#more()} tells of newer ones. */
    public MessagePage thread(UserId me, ChatMessageId first, Optional<ChatMessageId> after, int limit) {
        return reading.thread(me, first, after, page(limit));
    }

    /** Returns the newest messages that a query finds in the conversations that the user is in, or the newest of those before this one. */
    public SearchPage search(UserId me, SearchQuery query, Optional<ChatMessageId> before, int limit) {
        return search.page(me, Objects.requireNonNull(query, "query"), before, page(limit));
    }

    /** Notes that the user has read all of a conversation. Returns their place. */
    public Participant read(UserId me, ConversationId id) {
        return speech.read(me, id, Optional.empty());
    }

    /** Notes that the user has read a conversation up to this message. What they had read before stays read. Returns their place. */
    public Participant read(UserId me, ConversationId id, ChatMessageId upTo) {
        return speech.read(me, id, Optional.of(upTo));
    }

    /** Returns how many messages the user has not read in a conversation that they are in; deleted ones do not count. */
    public long unread(UserId me, ConversationId id) {
        return reading.unread(me, id);
    }

    /** Changes what a group is called and for whom it is. Admins may. */
    public Conversation describe(UserId me, ConversationId id, GroupDetails details) {
        return people.describe(me, id, Objects.requireNonNull(details, "details"));
    }

    /** Archives a group: it can be read, and nothing more is said. Its owner may. */
    public Conversation archive(UserId me, ConversationId id) {
        return people.activate(me, id, false);
    }

    /** Takes a group up again that was archived. Its owner may. */
    public Conversation unarchive(UserId me, ConversationId id) {
        return people.activate(me, id, true);
    }

    /**
     * Adds somebody to a group, as a member, with nothing unread. Admins may. Who is in it stays as they are.
     *
     * @throws io.channelbox.message.PeerException {@code archived} or {@code banned}
     */
    public Participant add(UserId me, ConversationId id, UserId user) {
        return people.add(me, id, user);
    }

    /** Joins a group that is public, or that the user was allowed to join, unless they are banned there. Who is in it stays as they are. */
    public Participant join(UserId me, ConversationId id) {
        return people.join(me, id);
    }

    /** Takes somebody out of a group. Admins may take members out, and the owner everybody else. */
    public void remove(UserId me, ConversationId id, UserId user) {
        people.remove(me, id, user);
    }

    /**
     * Leaves a group. When nobody is left, it is archived.
     *
     * @throws io.channelbox.message.PeerException {@code owner} when the user owns it and others are there
     */
    public void leave(UserId me, ConversationId id) {
        people.leave(me, id);
    }

    /** Makes somebody an admin or a member. The owner may. */
    public Participant appoint(UserId me, ConversationId id, UserId user, Role role) {
        return people.appoint(me, id, user, Objects.requireNonNull(role, "role"));
    }

    /** Makes somebody else in the group its owner, who has their voice then; the earlier one becomes an admin. The owner may. Returns the new one. */
    public Participant handOver(UserId me, ConversationId id, UserId user) {
        return people.handOver(me, id, user);
    }

    /** Takes somebody's voice: they can read, and not speak, edit or react. Admins may mute members, and the owner everybody else. */
    public Participant mute(UserId me, ConversationId id, UserId user) {
        return people.mute(me, id, user);
    }

    /** Gives somebody their voice again. Who may mute them may. */
    public Participant unmute(UserId me, ConversationId id, UserId user) {
        return people.unmute(me, id, user);
    }

    /**
     * Reports somebody else's message to those who moderate: for a reason in a line of up to 100 characters, and with a text of up to 2,000, which may be empty. What the
     * user has reported before is returned as it is.
     */
    public Report report(UserId me, ChatMessageId id, String reason, String text) {
        return reports.report(me, id, reason, text);
    }

    /** Tells whether a user moderates everywhere. */
    public boolean isModerator(UserId user) {
        return moderators.include(user);
    }

    /**
     * Moderates a conversation for this reason, of up to 500 characters; see {@code Moderation} for each single thing. Admins of groups may, and who moderates
     * everywhere. The work may be done again from its beginning, so it does nothing else.
     */
    public <T> T moderate(UserId me, ConversationId id, String reason, Function<ModerationChange, T> work) {
        boolean everywhere = isModerator(me);
        return changes.of(id, change -> work.apply(ModerationChange.by(me, everywhere, change, reason)));
    }

    /** Keeps another user from speaking to this one directly, or adding them to groups, and the other way round. Answers false when that is so already. */
    public boolean block(UserId me, UserId other) {
        return people.block(me, other);
    }

    /** Ends a block. Answers false when there was none. */
    public boolean unblock(UserId me, UserId other) {
        return people.unblock(me, other);
    }

    /** Returns whom the user has blocked, in the order of their ids. */
    public List<UserId> blocked(UserId me) {
        return reading.blocked(me);
    }

    /** Returns what was said in a conversation that the user is in, by day of UTC, both days included, up to 366; days on which nothing was said are left out. */
    public List<DayActivity> activity(UserId me, ConversationId id, LocalDate first, LocalDate last) {
        return reading.activity(me, id, first, last);
    }

    /** Returns what the operator's jobs do: retention, archiving, figures. */
    public Upkeep upkeep() {
        return upkeep;
    }

    /** Returns what is kept about one user: to hand it over, and to take it away. */
    public PersonalData personalData() {
        return personalData;
    }

    static int page(int limit) {
        if (limit < 1) {
            throw Texts.refusal("limit", "must be at least 1, was " + limit);
        }
        return Math.min(limit, LARGEST_PAGE);
    }
}

package io.channelbox.examples.system.live;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Profile;
import io.channelbox.conversation.UserDirectory;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceChange;
import io.channelbox.presence.PresenceMember;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Who can be reached. Who is connected is online, on whatever device; who is not, for a minute after they have said so over REST. What somebody has said
 * of themselves holds when they come back within a day. Changes are told on the sockets of their conversations, and in the topic of people.
 */
public final class OnlineUsers {

    private static final Duration HOLDS = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int AT_ONCE = Conversations.LARGEST_PAGE;

    /** How somebody can be reached. Of who was never seen nobody knows when they were active last. */
    public record PresenceView(
            String userId,
            String username,
            Optional<String> userAvatar,
            String status,
            Optional<String> statusMessage,
            Optional<Instant> lastActive) {}

    /** What is told of it. */
    @TypeName("presence")
    public record PresenceWord(PresenceView presence, Instant timestamp) {}

    private record Said(UserStatus status, Instant at) {}

    private final ChannelBox box;
    private final ConversationStore store;
    private final UserDirectory users;
    private final Consumer<UserId> seen;
    private final Presence presence;
    private final ConcurrentHashMap<UserId, Said> said = new ConcurrentHashMap<>();

    /** Tells the groups of this box; and this who is seen, when they come and when they go. */
    public OnlineUsers(ChannelBox box, ConversationStore store, UserDirectory users, Consumer<UserId> seen) {
        this.box = box;
        this.store = store;
        this.users = users;
        this.seen = seen;
        this.presence = Presence.in(box).onChange(this::changed).build();
        box.everySecond(() -> said.values().removeIf(each -> !isSince(each.at(), REMEMBERED)));
    }

    /** Returns what tracks who is connected. */
    public Presence presence() {
        return presence;
    }

    /** Keeps what somebody says of themselves, and tells it in their conversations. */
    public PresenceView say(UserId user, String status, Optional<String> text) {
        var checked = new UserStatus(PresenceStatus.of(status), text);
        said.put(user, new Said(checked, now()));
        PresenceView view = view(user, checked.status(), checked.text(), now());
        if (!say(user, checked)) {
            tell(user, view, Group::broadcast);
        }
        return view;
    }

    /** Says it on the devices of a user, wherever they are. */
    private boolean say(UserId user, UserStatus status) {
        return presence.status(user, status.status(), status.text().orElse(""));
    }

    /** Somebody is connected who may have said something of themselves before. */
    void repeat(Channel device) {
        UserId user = device.user().id();
        Optional.ofNullable(said.get(user)).ifPresent(each -> say(user, each.status()));
    }

    private void changed(PresenceChange change) {
        if (!change.group().equals(Sockets.PEOPLE)) {
            return;
        }
        change.joins().forEach(member -> seen.accept(member.id()));
        change.leaves().forEach(member -> seen.accept(member.id()));
        change.joins().forEach(this::tell);
        change.joins()
                .forEach(member ->
                        box.channelsOf(member.id()).stream().findFirst().ifPresent(this::repeat));
        change.updates().forEach(this::tell);
        change.leaves()
                .forEach(member ->
                        tellHere(member.id(), view(member.id(), PresenceStatus.OFFLINE, Optional.empty(), now())));
    }

    private void tell(PresenceMember member) {
        tellHere(member.id(), view(member));
    }

    /** Other programs hear of the change too, and tell theirs. */
    private void tellHere(UserId user, PresenceView view) {
        tell(user, view, (group, word) -> group.sendTo(group.members(), word));
    }

    private void tell(UserId user, PresenceView view, BiConsumer<Group, PresenceWord> how) {
        var word = new PresenceWord(view, now());
        List<ConversationSummary> some = conversationsOf(user, Optional.empty());
        while (!some.isEmpty()) {
            some.forEach(
                    each -> how.accept(box.group(Sockets.of(each.conversation().id())), word));
            some = some.size() < AT_ONCE
                    ? List.of()
                    : conversationsOf(
                            user, Optional.of(some.get(some.size() - 1).position()));
        }
    }

    private List<ConversationSummary> conversationsOf(UserId user, Optional<ListPosition> after) {
        return store.read(kept -> kept.conversationsOf(user, after, AT_ONCE));
    }

    /** Ends all connections of somebody who is gone, and forgets what they have said of themselves. */
    public void disconnect(UserId user) {
        said.remove(user);
        box.disconnectUser(user, CloseStatus.NOT_AUTHENTICATED);
    }

    /** Returns who is online, by name. */
    public List<PresenceView> online() {
        Map<String, PresenceView> views = new HashMap<>();
        said.forEach((user, each) -> {
            if (isSince(each.at(), HOLDS)) {
                UserStatus status = each.status();
                views.put(user.value(), view(user, status.status(), status.text(), each.at()));
            }
        });
        presence.members(Sockets.PEOPLE).forEach(member -> views.put(member.id().value(), view(member)));
        return views.values().stream()
                .sorted(Comparator.comparing(PresenceView::username).thenComparing(PresenceView::userId))
                .toList();
    }

    /** Returns how these can be reached, in their order; those who are not here with when they were last seen. */
    public List<PresenceView> of(List<UserId> people, Map<UserId, Instant> lastSeen) {
        return presence.roster(Sockets.PEOPLE, people).stream()
                .map(member -> member.status() == PresenceStatus.OFFLINE
                        ? awayFor(member.id(), Optional.ofNullable(lastSeen.get(member.id())))
                        : view(member))
                .toList();
    }

    private PresenceView awayFor(UserId user, Optional<Instant> lastSeen) {
        return saidLately(user)
                .map(each -> view(user, each.status().status(), each.status().text(), each.at()))
                .orElseGet(() -> view(user, PresenceStatus.OFFLINE, Optional.empty(), lastSeen));
    }

    private Optional<Said> saidLately(UserId user) {
        return Optional.ofNullable(said.get(user)).filter(each -> isSince(each.at(), HOLDS));
    }

    private PresenceView view(PresenceMember member) {
        return view(member.id(), member.status(), member.text(), member.since().orElseGet(this::now));
    }

    private PresenceView view(UserId user, PresenceStatus status, Optional<String> text, Instant active) {
        return view(user, status, text, Optional.of(active));
    }

    private PresenceView view(UserId user, PresenceStatus status, Optional<String> text, Optional<Instant> active) {
        Profile profile = users.find(user).orElseGet(() -> Profile.of(user, user.value()));
        return new PresenceView(user.value(), profile.name(), profile.avatar(), status.word(), text, active);
    }

    private boolean isSince(Instant moment, Duration time) {
        return moment.plus(time).isAfter(now());
    }

    private Instant now() {
        return box.clock().instant();
    }
}

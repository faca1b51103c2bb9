package io.channelbox.examples.system;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Profile;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who can be reached, as they say themselves over REST, and who is writing something. Kept in memory: what was said holds for a minute, or as long as its user is connected. */
final class OnlineUsers {

    private static final Duration HOLDS = Duration.ofMinutes(1);

    /** How somebody can be reached. */
    record PresenceView(
            String userId,
            String username,
            Optional<String> userAvatar,
            String status,
            Optional<String> statusMessage,
            Instant lastActive) {}

    /** Somebody is writing something. */
    record TypingView(String userId, String username, boolean isTyping, Instant startedAt) {}

    @TypeName("typing")
    record TypingWord(long conversationId, TypingView typing, Instant timestamp) {}

    @TypeName("presence")
    record PresenceWord(PresenceView presence, Instant timestamp) {}

    private final ChannelBox box;
    private final Conversations conversations;
    private final Users users;
    private final ConcurrentHashMap<UserId, PresenceView> said = new ConcurrentHashMap<>();

    OnlineUsers(ChannelBox box, Conversations conversations, Users users) {
        this.box = box;
        this.conversations = conversations;
        this.users = users;
        box.everySecond(() -> said.keySet().removeIf(user -> !isOnline(user)));
    }

    /** Keeps what somebody says of themselves, and tells it in their conversations. */
    PresenceView say(UserId user, String status, Optional<String> message) {
        var checked = new UserStatus(PresenceStatus.of(status), message);
        Profile profile = users.find(user).orElseThrow();
        var view = new PresenceView(
                user.value(), profile.name(), profile.avatar(), checked.status().word(), checked.text(), now());
        said.put(user, view);
        for (ConversationSummary each : conversations.list(user, Optional.empty(), Conversations.LARGEST_PAGE)) {
            box.group(LiveConversations.groupOf(each.conversation().id())).broadcast(new PresenceWord(view, now()));
        }
        return view;
    }

    /** Tells the others in a conversation that somebody is writing something, or no longer. */
    void typing(UserId user, ConversationId id, boolean isTyping) {
        conversations.participant(user, id);
        Profile profile = users.find(user).orElseThrow();
        var view = new TypingView(user.value(), profile.name(), isTyping, now());
        box.group(LiveConversations.groupOf(id))
                .broadcast(
                        new TypingWord(id.value(), view, now()),
                        PublishOptions.DEFAULT.exceptUser(user).asEphemeral());
    }

    /** Returns who is online, by name. */
    List<PresenceView> online() {
        return said.values().stream()
                .filter(each -> isOnline(new UserId(each.userId())))
                .sorted(Comparator.comparing(PresenceView::username))
                .toList();
    }

    private boolean isOnline(UserId user) {
        PresenceView view = said.get(user);
        boolean recent = view != null && view.lastActive().plus(HOLDS).isAfter(now());
        return recent || !box.channelsOf(user).isEmpty();
    }

    private Instant now() {
        return box.clock().instant();
    }
}

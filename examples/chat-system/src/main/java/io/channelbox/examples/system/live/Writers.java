package io.channelbox.examples.system.live;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationListener;
import io.channelbox.conversation.Profile;
import io.channelbox.conversation.UserDirectory;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.GroupName;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is writing something, told to the others who listen, on sockets and in topics. It ends when they say so, when they have said something, and
 * five seconds after they last said that they are.
 */
public final class Writers implements ConversationListener {

    private static final Duration LASTS = Duration.ofSeconds(5);

    /** Somebody is writing something, or no longer. */
    public record TypingView(String userId, String username, boolean isTyping, Instant startedAt) {}

    /** What is told of it. */
    @TypeName("typing")
    public record TypingWord(long conversationId, TypingView typing, Instant timestamp) {}

    private record Writer(ConversationId conversation, UserId user) {}

    private record Run(Instant since, Instant until) {}

    private final ChannelBox box;
    private final Presence presence;
    private final UserDirectory users;
    private final ConcurrentHashMap<Writer, Run> runs = new ConcurrentHashMap<>();

    /** Tells the groups of this box. */
    public Writers(ChannelBox box, Presence presence, UserDirectory users) {
        this.box = box;
        this.presence = presence;
        this.users = users;
        box.everySecond(this::endThoseThatAreOver);
    }

    /** Somebody who is in a conversation is writing something there, or no longer. */
    public void typing(UserId user, ConversationId id, boolean isTyping) {
        var writer = new Writer(id, user);
        if (!isTyping) {
            end(writer);
            return;
        }
        Instant now = box.clock().instant();
        Run run = runs.compute(
                writer, (same, earlier) -> new Run(earlier == null ? now : earlier.since(), now.plus(LASTS)));
        tell(writer, true, run.since());
    }

    private void endThoseThatAreOver() {
        Instant now = box.clock().instant();
        runs.forEach((writer, run) -> {
            if (!run.until().isAfter(now)) {
                end(writer);
            }
        });
    }

    private void end(Writer writer) {
        Run run = runs.remove(writer);
        if (run != null) {
            tell(writer, false, run.since());
        }
    }

    private void tell(Writer writer, boolean isTyping, Instant since) {
        String name = users.find(writer.user())
                .map(Profile::name)
                .orElse(writer.user().value());
        var view = new TypingView(writer.user().value(), name, isTyping, since);
        box.group(Sockets.of(writer.conversation()))
                .broadcast(
                        new TypingWord(
                                writer.conversation().value(), view, box.clock().instant()),
                        PublishOptions.DEFAULT.exceptUser(writer.user()).asEphemeral());
        GroupName topic = LiveConversations.groupOf(writer.conversation());
        for (Channel channel : box.channelsOf(writer.user())) {
            if (isTyping) {
                presence.typing().started(topic, channel);
            } else {
                presence.typing().stopped(topic, channel);
            }
        }
    }

    /** Who has said something is not writing it any more. */
    @Override
    public void onEvent(ConversationEvent event) {
        if (event instanceof ConversationEvent.MessageSent sent) {
            end(new Writer(sent.conversation(), sent.message().author()));
        }
    }
}

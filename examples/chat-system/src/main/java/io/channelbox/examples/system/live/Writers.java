package io.channelbox.examples.system.live;

import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Signal;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationListener;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Profile;
import io.channelbox.conversation.UserDirectory;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is writing something, told to the others who listen, on sockets and in topics. It ends when they say so, when they have said something, and
 * five seconds after they last said that they are.
 */
public final class Writers implements ConversationListener {

    private static final Logger log = LoggerFactory.getLogger(Writers.class);
    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final ChannelId ELSEWHERE = ChannelId.random();

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
        box.everySecond(this::endThoseThatAreOverSoon);
    }

    /** Somebody is writing something in a conversation, or no longer. Who cannot say anything there is not writing it, and is refused. */
    public void typing(Conversations conversations, UserId user, ConversationId id, boolean isTyping) {
        Participant mine = isTyping ? conversations.requireVoice(user, id) : conversations.participant(user, id);
        typing(mine.user(), id, isTyping);
    }

    /** Somebody who is in a conversation and may speak there is writing something, or no longer. */
    private void typing(UserId user, ConversationId id, boolean isTyping) {
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

    /** Telling it may block. */
    private void endThoseThatAreOverSoon() {
        if (!runs.isEmpty()) {
            box.executor().execute(this::endThoseThatAreOver);
        }
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

    /** This is worth something only now: who is not reached is not told later. */
    private void tell(Writer writer, boolean isTyping, Instant since) {
        String name = users.find(writer.user())
                .map(Profile::name)
                .orElse(writer.user().value());
        try {
            tellSockets(writer, new TypingView(writer.user().value(), name, isTyping, since));
            tellTopic(writer, name, isTyping);
        } catch (StoreException e) {
            log.debug("Other nodes cannot be told who is writing", e);
        }
    }

    private void tellSockets(Writer writer, TypingView view) {
        box.group(Sockets.of(writer.conversation()))
                .broadcast(
                        new TypingWord(
                                writer.conversation().value(), view, box.clock().instant()),
                        PublishOptions.DEFAULT.exceptUser(writer.user()).asEphemeral());
    }

    /** What comes over REST may come to another program than that of the user's devices: then it is told as if of one more. */
    private void tellTopic(Writer writer, String name, boolean isTyping) {
        GroupName topic = LiveConversations.groupOf(writer.conversation());
        List<Channel> here = box.channelsOf(writer.user()).stream()
                .filter(box.group(topic)::contains)
                .toList();
        for (Channel channel : here) {
            if (isTyping) {
                presence.typing().started(topic, channel);
            } else {
                presence.typing().stopped(topic, channel);
            }
        }
        if (here.isEmpty() || !isTyping) {
            var typing = new Signal.Typing(topic, writer.user(), name, ELSEWHERE, isTyping);
            box.cluster().ifPresent(others -> {
                box.clusterEvents().signalHere(typing);
                others.tell(topic, typing);
            });
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

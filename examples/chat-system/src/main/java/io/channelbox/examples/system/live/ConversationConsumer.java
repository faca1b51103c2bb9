package io.channelbox.examples.system.live;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.RemovedFromGroup;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.realtime.ConversationWord;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.TypeName;
import java.time.Instant;

/** One device that listens to a conversation, {@code /api/v1/chat/ws/{conversation_id}}. Whatever it has to say, it says over REST. */
public final class ConversationConsumer extends TypedConsumer<ConversationConsumer.Request> {

    /** What a client may send. */
    public sealed interface Request {

        /** Asks whether anyone is there. */
        @TypeName("ping")
        record Ping() implements Request {}
    }

    /** It is in. */
    @TypeName("connected")
    record Connected(long conversationId, Instant timestamp) {}

    /** Somebody is. */
    @TypeName("pong")
    record Pong(Instant timestamp) {}

    /** The words of the original, which other programs need to be told in too. */
    public static final Codec<Request> JSON =
            TypedJsonCodec.of(Request.class, JsonStyle.DEFAULT.naming(Naming.SNAKE_CASE));

    private final Conversations conversations;
    private final OnlineUsers online;

    /** Makes the consumer of one connection. */
    public ConversationConsumer(Conversations conversations, OnlineUsers online) {
        this.conversations = conversations;
        this.online = online;
    }

    @Override
    protected Codec<Request> codec() {
        return JSON;
    }

    @Override
    protected void handlers(Handlers<Request> on) {
        on.answer(Request.Ping.class, ping -> new Pong(now()));
        on.onEvent(RemovedFromGroup.class, removed -> {
            throw new CloseException(CloseStatus.FORBIDDEN);
        });
        on.sends(Connected.class, ConversationWord.class, Writers.TypingWord.class, OnlineUsers.PresenceWord.class);
    }

    @Override
    protected void onConnect(Channel me) {
        ConversationId id = conversationOf(me);
        conversations.participant(me.user().id(), id);
        group(LiveConversations.groupOf(id)).join(me);
        conversations.participant(me.user().id(), id); // somebody may have removed them in between
        group(Sockets.PEOPLE).join(me);
        online.presence().trackUntold(Sockets.PEOPLE, me);
        online.presence().trackUntold(LiveConversations.groupOf(id), me);
        online.repeat(me);
        me.send(new Connected(id.value(), now()));
        group(Sockets.of(id)).join(me); // who is online or writing is told after that
    }

    private static ConversationId conversationOf(Channel me) {
        try {
            return new ConversationId(Long.parseLong(me.handshake().path("conversation_id")));
        } catch (IllegalArgumentException noId) {
            throw new NotAllowedException();
        }
    }

    private Instant now() {
        return box().clock().instant();
    }
}

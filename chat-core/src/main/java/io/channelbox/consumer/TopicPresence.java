package io.channelbox.consumer;

import io.channelbox.channel.Channel;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Incoming;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceDiff;
import io.channelbox.presence.PresenceState;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.Typing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Presence in topics: every subscription is tracked, and these words of its peer are answered. */
final class TopicPresence {

    /** What peers may say of it. */
    static final List<Class<?>> WORDS =
            List.of(PresenceWord.Show.class, PresenceWord.Status.class, PresenceWord.Typing.class);

    /** What peers are told of it. */
    static final List<Class<?>> TOLD = List.of(PresenceState.class, PresenceDiff.class, Typing.class);

    private final Presence presence;
    private final TypedJsonCodec<PresenceWord> words;

    TopicPresence(Presence presence, JsonStyle style) {
        this.presence = Objects.requireNonNull(presence, "presence");
        this.words = TypedJsonCodec.of(PresenceWord.class, style);
    }

    Presence presence() {
        return presence;
    }

    /** Answers a frame that is one of the words; empty when it is none. */
    Optional<Object> answer(ChannelConsumer<?> consumer, Topic<?> topic, Incoming<?> incoming, Frame frame) {
        if (!incoming.type().map(words.types().byName()::containsKey).orElse(false)) {
            return Optional.empty();
        }
        Channel channel = consumer.channel();
        GroupName group = topic.group().name();
        PresenceWord word = words.open(frame).message();
        if (word instanceof PresenceWord.Show) {
            presence.show(group, channel, Envelope.NONE.ref(incoming.ref()));
            consumer.answered();
        } else if (word instanceof PresenceWord.Status said) {
            presence.status(
                    channel, PresenceStatus.of(said.status()), said.text().orElse(""));
        } else if (word instanceof PresenceWord.Typing typing && typing.typing()) {
            topic.authorizeTyping(channel.user());
            presence.typing().started(group, channel);
        } else {
            presence.typing().stopped(group, channel);
        }
        return Optional.of(Reply.nothing());
    }
}

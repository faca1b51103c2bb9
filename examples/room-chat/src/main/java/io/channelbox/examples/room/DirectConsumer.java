package io.channelbox.examples.room;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.codec.Codec;
import io.channelbox.consumer.ChannelConsumer;

/** Private messages to one user, and from all, {@code /dm/{user_id}}. */
final class DirectConsumer extends ChannelConsumer<ChatFrame.Say> {

    static final Codec<ChatFrame.Say> JSON = Dialect.of(
            "direct",
            ChatFrame.Say.class,
            event -> {
                throw new IllegalArgumentException("rooms have a socket of their own");
            },
            message -> new ChatFrame.Direct(message.from(), message.content(), message.timestamp()));

    private final PrivateMail mail;

    DirectConsumer(PrivateMail mail) {
        this.mail = mail;
    }

    @Override
    protected Codec<ChatFrame.Say> codec() {
        return JSON;
    }

    @Override
    protected void onConnect(Channel me) {
        mail.deliverTo(me);
    }

    @Override
    protected void onReceive(Channel me, ChatFrame.Say said) {
        mail.send(
                me, me.handshake().path("user_id"), MessageText.in("message", said.message()), PublishOptions.DEFAULT);
    }
}

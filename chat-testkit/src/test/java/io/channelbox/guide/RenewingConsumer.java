package io.channelbox.guide;

import io.channelbox.auth.TokenVerifier;
import io.channelbox.channel.Channel;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.message.PeerException;

final class RenewingConsumer extends ChannelConsumer<RenewingConsumer.Renew> {

    record Renew(String token) {}

    private final TokenVerifier tokens;

    RenewingConsumer(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void onReceive(Channel me, Renew renew) {
        if (renew.token() == null) {
            throw PeerException.invalid("'token' is missing");
        }
        refresh(tokens.verify(renew.token()));
    }
}

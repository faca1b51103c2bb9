package io.channelbox.guide;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.TokenVerifier;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ChannelConsumer;

final class RenewingConsumer extends ChannelConsumer<RenewingConsumer.Renew> {

    record Renew(String token) {}

    private final TokenVerifier tokens;

    RenewingConsumer(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void onReceive(Channel me, Renew renew) {
        if (renew.token() != null && tokens.verify(renew.token()) instanceof AuthResult.Accepted accepted) {
            me.refresh(accepted.user(), accepted.expires()); // the same user's, or it throws
        } else {
            throw new CloseException(CloseStatus.NOT_AUTHENTICATED);
        }
    }
}

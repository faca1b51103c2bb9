package io.channelbox.examples.room;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelInterceptor;
import io.channelbox.message.UserId;
import java.util.Map;

/** Everyone who was ever here, as far as 10,000 can be remembered: who is longest gone is forgotten first. */
final class Directory implements ChannelInterceptor {

    private final Map<UserId, Boolean> seen =
            Caffeine.newBuilder().maximumSize(10_000).<UserId, Boolean>build().asMap();

    @Override
    public void onConnect(Channel channel) {
        seen.put(channel.user().id(), true);
    }

    boolean knows(UserId user) {
        return seen.containsKey(user);
    }
}

package io.channelbox.testkit;

import io.channelbox.channel.Channel;
import io.channelbox.consumer.ChannelConsumer;

/** Answers what it is told. */
class Echo extends ChannelConsumer<String> {

    @Override
    protected void onReceive(Channel me, String text) {
        me.send(text);
    }
}

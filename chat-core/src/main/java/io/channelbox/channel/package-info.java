/**
 * Floor 3: live connections, who is in which group, the one way in and the one way out. Start with
 * {@link io.channelbox.channel.ChannelBox}; a transport implements {@link io.channelbox.channel.Connection}.
 */
@NullMarked
package io.channelbox.channel;

import org.jspecify.annotations.NullMarked;

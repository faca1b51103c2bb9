/**
 * Floor 5: what applications extend, and what carries one connection's events to it. Start with
 * {@link io.channelbox.consumer.ChannelConsumer}; a transport uses {@link io.channelbox.consumer.ConsumerSession}.
 */
@NullMarked
package io.channelbox.consumer;

import org.jspecify.annotations.NullMarked;

/**
 * Floor 1: application objects to frames and back. Jackson stays inside {@link io.channelbox.codec.JsonCodec}. Start with
 * {@link io.channelbox.codec.Codec}.
 */
@NullMarked
package io.channelbox.codec;

import org.jspecify.annotations.NullMarked;

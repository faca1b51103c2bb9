/**
 * Floor 1: application objects to frames and back. Jackson stays in here, behind {@link io.channelbox.codec.JsonCodec} and
 * {@link io.channelbox.codec.TypedJsonCodec}. Start with {@link io.channelbox.codec.Codec}.
 */
@NullMarked
package io.channelbox.codec;

import org.jspecify.annotations.NullMarked;

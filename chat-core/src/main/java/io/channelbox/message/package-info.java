/**
 * Floor 0: values that cannot be wrong or mixed up, and the encoded frame. Nothing here knows of sockets, groups or
 * stores. Start with {@link io.channelbox.message.Frame} and {@link io.channelbox.message.Message}.
 */
@NullMarked
package io.channelbox.message;

import org.jspecify.annotations.NullMarked;

/**
 * Floor 2: the seam through which everything said to a group passes, so that keeping it, giving it a position and telling
 * it are one step. Start with {@link io.channelbox.broker.Broker}.
 */
@NullMarked
package io.channelbox.broker;

import org.jspecify.annotations.NullMarked;

/** A server that lives long, with clients that come, go and misbehave. Start reading at {@link SoakTest}. */
@NullMarked
package io.channelbox.soak;

import org.jspecify.annotations.NullMarked;

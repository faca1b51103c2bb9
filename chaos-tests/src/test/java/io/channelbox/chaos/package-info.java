/** Clients behind a network that breaks, and a server that is killed. Start reading at {@link ChaosTest}. */
@NullMarked
package io.channelbox.chaos;

import org.jspecify.annotations.NullMarked;

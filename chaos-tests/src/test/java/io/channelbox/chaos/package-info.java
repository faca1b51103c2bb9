/**
 * Clients behind a network that breaks, and servers that are killed. Start reading at {@link ChaosTest}; several nodes on one Redis are in
 * {@link ClusterChaosIT}.
 */
@NullMarked
package io.channelbox.chaos;

import org.jspecify.annotations.NullMarked;

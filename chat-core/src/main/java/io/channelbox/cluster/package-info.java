/**
 * Floor 3: many nodes that say the same in the same order. {@link io.channelbox.cluster.ClusterBroker} is one node's end; what
 * the nodes share lies behind a {@link io.channelbox.cluster.Backplane}.
 */
@NullMarked
package io.channelbox.cluster;

import org.jspecify.annotations.NullMarked;

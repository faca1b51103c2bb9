/** What nodes cost that share a Redis, which is started here. Begin with {@link io.channelbox.benchmarks.nodes.SeveralNodes}. */
@NullMarked
package io.channelbox.benchmarks.nodes;

import org.jspecify.annotations.NullMarked;

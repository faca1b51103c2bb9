/** How a server is started and ended, and what the servers of the plain dialect speak. Start at {@link ServerProcess}. */
package io.channelbox.benchmarks.servers;

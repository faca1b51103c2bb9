/** Netty and nothing else. Start at {@link NettyServer}. */
package io.channelbox.benchmarks.servers.netty;

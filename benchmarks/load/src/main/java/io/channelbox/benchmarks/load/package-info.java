/**
 * One load generator for all servers: it opens connections over loopback sockets, sends to rooms, checks every delivery and measures.
 * Start at {@link Compare}; what differs between servers is a {@link Dialect}.
 */
package io.channelbox.benchmarks.load;

/** CometD. Start at {@link CometDServer}. */
package io.channelbox.benchmarks.servers.cometd;

/** What a Jakarta container serves: a hand-written endpoint, or this library. Start at {@link Application}. */
package io.channelbox.benchmarks.servers.jakarta;

/** An embedded Undertow. */
package io.channelbox.benchmarks.servers.undertow;

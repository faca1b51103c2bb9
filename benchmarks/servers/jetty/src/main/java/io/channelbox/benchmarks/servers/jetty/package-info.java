/** An embedded Jetty. */
package io.channelbox.benchmarks.servers.jetty;

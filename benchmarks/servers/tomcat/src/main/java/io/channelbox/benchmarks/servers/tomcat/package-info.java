/** An embedded Tomcat. */
package io.channelbox.benchmarks.servers.tomcat;

/** Spring's WebSocket handlers. Start at {@link SpringHandlerServer}. */
package io.channelbox.benchmarks.servers.springhandler;

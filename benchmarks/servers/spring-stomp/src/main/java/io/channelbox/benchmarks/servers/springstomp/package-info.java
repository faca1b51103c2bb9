/** Spring's STOMP broker. Start at {@link SpringStompServer}. */
package io.channelbox.benchmarks.servers.springstomp;

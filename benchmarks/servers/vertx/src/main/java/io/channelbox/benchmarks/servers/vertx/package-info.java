/** Vert.x. Start at {@link VertxServer}. */
package io.channelbox.benchmarks.servers.vertx;

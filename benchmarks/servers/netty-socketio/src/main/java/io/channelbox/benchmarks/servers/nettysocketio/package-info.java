/** netty-socketio. Start at {@link SocketIoServer}. */
package io.channelbox.benchmarks.servers.nettysocketio;

/** The door to what the adapter keeps to itself, for the contract of its connections. */
@NullMarked
package io.channelbox.jakarta.websocket;

import org.jspecify.annotations.NullMarked;

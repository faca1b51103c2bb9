/**
 * Mounts consumers on the paths of a Jakarta WebSocket container. Start with
 * {@link io.channelbox.jakarta.websocket.ChatEndpoints}, the one door.
 */
@NullMarked
package io.channelbox.jakarta.websocket;

import org.jspecify.annotations.NullMarked;

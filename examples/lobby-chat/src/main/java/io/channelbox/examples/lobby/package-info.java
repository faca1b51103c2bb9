/** The smallest complete chat: one room of plain text. Start with {@link io.channelbox.examples.lobby.LobbyChat}. */
@NullMarked
package io.channelbox.examples.lobby;

import org.jspecify.annotations.NullMarked;

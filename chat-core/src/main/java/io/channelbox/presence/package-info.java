/**
 * Floor 4: who is here, told as a state and then as changes, and who is writing something. Start with
 * {@link io.channelbox.presence.Presence}; what is shared by several nodes is in a {@link io.channelbox.presence.PresenceStore}.
 */
@NullMarked
package io.channelbox.presence;

import org.jspecify.annotations.NullMarked;

/**
 * Floor 1: what happened in a box, told by ids. Metrics, audit and analytics hang here. Start with
 * {@link io.channelbox.event.ChatEvent}.
 */
@NullMarked
package io.channelbox.event;

import org.jspecify.annotations.NullMarked;

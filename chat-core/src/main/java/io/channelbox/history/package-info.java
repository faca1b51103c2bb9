/**
 * Floor 1: what was said, bounded by count, bytes and age, the oldest out first. Start with
 * {@link io.channelbox.history.HistoryStore}.
 */
@NullMarked
package io.channelbox.history;

import org.jspecify.annotations.NullMarked;

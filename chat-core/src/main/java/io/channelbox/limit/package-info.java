/**
 * Floor 1: how often something may be done, and whether it may be done now. Start with {@link io.channelbox.limit.Limits},
 * which is what an application sets.
 */
@NullMarked
package io.channelbox.limit;

import org.jspecify.annotations.NullMarked;

/** What the figures of the documentation come from. */
@NullMarked
package io.channelbox.benchmarks;

import org.jspecify.annotations.NullMarked;

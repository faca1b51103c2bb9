/** The kit's own tests, and the contracts run against the implementations in memory. */
@NullMarked
package io.channelbox.testkit;

import org.jspecify.annotations.NullMarked;

/**
 * Lets several nodes say the same in the same order, and share what they know, over Redis. Every key and channel begins with a prefix, and
 * all keys of a group lie in one slot, so that what belongs together changes in one step.
 */
@NullMarked
package io.channelbox.redis;

import org.jspecify.annotations.NullMarked;

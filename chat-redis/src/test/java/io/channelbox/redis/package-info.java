@NullMarked
package io.channelbox.redis;

import org.jspecify.annotations.NullMarked;

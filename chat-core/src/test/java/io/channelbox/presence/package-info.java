@NullMarked
package io.channelbox.presence;

import org.jspecify.annotations.NullMarked;

/** The samples of docs/presence.md, compiled and run. */
@NullMarked
package io.channelbox.docs.presence;

import org.jspecify.annotations.NullMarked;

/** The suite on Tyrus, without servlets. */
@NullMarked
package io.channelbox.containers.tyrus;

import org.jspecify.annotations.NullMarked;

/** The suite on Undertow. */
@NullMarked
package io.channelbox.containers.undertow;

import org.jspecify.annotations.NullMarked;

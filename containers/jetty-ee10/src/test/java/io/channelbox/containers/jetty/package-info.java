/** The suite on Jetty. */
@NullMarked
package io.channelbox.containers.jetty;

import org.jspecify.annotations.NullMarked;

/** The suite on Tomcat. */
@NullMarked
package io.channelbox.containers.tomcat;

import org.jspecify.annotations.NullMarked;

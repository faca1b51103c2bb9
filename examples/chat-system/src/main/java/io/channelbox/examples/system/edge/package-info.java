/** What is refused before a controller is asked, or where none is. */
@NullMarked
package io.channelbox.examples.system.edge;

import org.jspecify.annotations.NullMarked;

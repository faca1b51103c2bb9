/** Who there is, and how they show that it is them. An application has its own. */
@NullMarked
package io.channelbox.examples.system.people;

import org.jspecify.annotations.NullMarked;

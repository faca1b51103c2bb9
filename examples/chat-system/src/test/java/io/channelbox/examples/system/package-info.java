@NullMarked
package io.channelbox.examples.system;

import org.jspecify.annotations.NullMarked;

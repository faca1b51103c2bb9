/** For operators: health, figures, and a shutdown that lets everybody go. */
@NullMarked
package io.channelbox.examples.system.operation;

import org.jspecify.annotations.NullMarked;

/** The samples of README.md, compiled and run. */
@NullMarked
package io.channelbox.readme;

import org.jspecify.annotations.NullMarked;

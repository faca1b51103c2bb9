/** The samples of README.md and of most pages in docs/, compiled and run. */
@NullMarked
package io.channelbox.readme;

import org.jspecify.annotations.NullMarked;

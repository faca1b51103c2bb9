/** Holds README.md and the pages in docs/ to what is compiled and run. */
@NullMarked
package io.channelbox.docs;

import org.jspecify.annotations.NullMarked;

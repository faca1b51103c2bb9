/** The samples of docs/testing.md, compiled and run. */
@NullMarked
package io.channelbox.docs.testing;

import org.jspecify.annotations.NullMarked;

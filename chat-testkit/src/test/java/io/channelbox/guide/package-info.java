/** The samples of docs/authentication.md, compiled and run. */
@NullMarked
package io.channelbox.guide;

import org.jspecify.annotations.NullMarked;

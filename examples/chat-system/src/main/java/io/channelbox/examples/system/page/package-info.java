/** The page, and what browsers are told about it. */
@NullMarked
package io.channelbox.examples.system.page;

import org.jspecify.annotations.NullMarked;

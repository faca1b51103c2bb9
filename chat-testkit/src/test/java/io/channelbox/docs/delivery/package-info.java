/** The samples of docs/delivery.md, compiled and run. */
@NullMarked
package io.channelbox.docs.delivery;

import org.jspecify.annotations.NullMarked;

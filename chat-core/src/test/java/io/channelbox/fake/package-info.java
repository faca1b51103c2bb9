/** What the tests of the core stand on: a connection, a clock and an executor that do what a test says. */
@NullMarked
package io.channelbox.fake;

import org.jspecify.annotations.NullMarked;

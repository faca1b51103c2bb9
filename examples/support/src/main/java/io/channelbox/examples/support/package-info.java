/** What the tests of the examples share: a client with a real socket, and what must hold of a program that is one jar. */
@NullMarked
package io.channelbox.examples.support;

import org.jspecify.annotations.NullMarked;

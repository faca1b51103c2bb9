@NullMarked
package io.channelbox.jdbc;

import org.jspecify.annotations.NullMarked;

/** Pictures and files: kept in a folder, checked by what is in them, and served to those who may see them. */
@NullMarked
package io.channelbox.examples.system.uploads;

import org.jspecify.annotations.NullMarked;

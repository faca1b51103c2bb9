/** What is told over connections besides conversations: who is here and who is writing, in the words of the original and in topics. */
@NullMarked
package io.channelbox.examples.system.live;

import org.jspecify.annotations.NullMarked;

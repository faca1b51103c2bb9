/** The samples of the page about conversations that moderate. */
@NullMarked
package io.channelbox.docs.moderation;

import org.jspecify.annotations.NullMarked;

/**
 * Keeping conversations civil: what admins of a group and moderators of the application do, what they read, and a filter of words. Start with
 * {@link io.channelbox.conversation.moderation.Moderation}.
 */
@NullMarked
package io.channelbox.conversation.moderation;

import org.jspecify.annotations.NullMarked;

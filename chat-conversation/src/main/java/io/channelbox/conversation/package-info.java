/**
 * The durable chat domain: conversations, who is in them, and what was said, with every rule about who may do what. It knows
 * no sockets and no groups. Start with {@link io.channelbox.conversation.Conversations}; what keeps it all is a
 * {@link io.channelbox.conversation.ConversationStore}.
 */
@NullMarked
package io.channelbox.conversation;

import org.jspecify.annotations.NullMarked;

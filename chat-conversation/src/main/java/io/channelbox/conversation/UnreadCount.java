package io.channelbox.conversation;

/**
 * How much somebody has not read.
 *
 * @param messages how many messages, without deleted ones
 * @param mentions how many of those mention them
 */
public record UnreadCount(long messages, long mentions) {}

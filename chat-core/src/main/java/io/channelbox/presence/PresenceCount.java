package io.channelbox.presence;

/**
 * How many are in a group.
 *
 * @param users how many people
 * @param channels how many devices they use
 */
public record PresenceCount(int users, int channels) {}

package io.channelbox.channel;

/**
 * How many frames a channel does not get.
 *
 * @param dropped because too much waited
 * @param coalesced because there is a newer state
 * @param ephemeral because they were not worth waiting for
 */
record Omitted(int dropped, int coalesced, int ephemeral) {

    Omitted plus(Omitted more) {
        return new Omitted(dropped + more.dropped, coalesced + more.coalesced, ephemeral + more.ephemeral);
    }
}

package io.channelbox.channel;

import java.util.Random;

/** The seed of a stress test: printed, so that a run can be repeated with {@code -Dchannelbox.seed=N}. */
final class Seeds {

    private Seeds() {}

    static long next(String test) {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println(test + ": -Dchannelbox.seed=" + seed);
        return seed;
    }
}

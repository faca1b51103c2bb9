package io.channelbox.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Which of several places a name belongs to, the same on every node: with one place more, only that many names move to it. */
final class ShardHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private ShardHash() {}

    /** Jump consistent hash, of Lamping and Veach. */
    static int shardOf(String name, int shards) {
        long key = hash(name);
        long shard = -1;
        long next = 0;
        while (next < shards) {
            shard = next;
            key = key * 2862933555777941757L + 1;
            next = (long) ((shard + 1) * ((double) (1L << 31) / ((key >>> 33) + 1)));
        }
        return (int) shard;
    }

    /** FNV-1a, stirred at the end, as names are short and alike. */
    private static long hash(String name) {
        long hash = FNV_OFFSET;
        for (byte each : name.getBytes(UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }
}

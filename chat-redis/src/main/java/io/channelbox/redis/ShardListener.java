package io.channelbox.redis;

import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.Backplane.Listener;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Hears several backplanes as one, which is disconnected while any of them is. */
final class ShardListener {

    private final Listener listener;
    // Guarded by this.
    private final Set<Backplane> disconnected = new HashSet<>();

    ShardListener(Listener listener) {
        this.listener = listener;
    }

    /** Returns what is to listen to this backplane. */
    Listener of(Backplane shard) {
        return new Listener() {
            @Override
            public void published(GroupName group, Optional<StreamPosition> position, byte[] envelope) {
                listener.published(group, position, envelope);
            }

            @Override
            public void told(GroupName group, byte[] signal) {
                listener.told(group, signal);
            }

            @Override
            public void told(byte[] signal) {
                listener.told(signal);
            }

            @Override
            public void disconnected(String why) {
                lost(shard);
                listener.disconnected(why);
            }

            @Override
            public void connected() {
                if (noneIsLostBut(shard)) {
                    listener.connected();
                }
            }
        };
    }

    private synchronized void lost(Backplane shard) {
        disconnected.add(shard);
    }

    private synchronized boolean noneIsLostBut(Backplane shard) {
        disconnected.remove(shard);
        return disconnected.isEmpty();
    }
}

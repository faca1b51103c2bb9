package io.channelbox.consumer;

import io.channelbox.channel.ChannelBox;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** How far the messages of each topic have reached each user, as long as one of their subscriptions that has told so goes on. */
final class Receipts {

    private final TypedJsonCodec<Object> frames;
    private final ConcurrentHashMap<Key, Receipt> receipts = new ConcurrentHashMap<>();

    /** Whose receipts. Boxes that speak of the same topics share nothing. */
    record Key(ChannelBox box, GroupName topic, UserId user) {}

    Receipts(JsonStyle style) {
        frames = TypedJsonCodec.ofTypes(style, Received.class);
    }

    /** Reads what a peer says it has. */
    Received read(Frame frame) {
        return (Received) frames.decode(frame);
    }

    /** Returns what a user has, for one more subscription. */
    Receipt begin(Key key) {
        return receipts.compute(key, (same, known) -> {
            Receipt receipt = known == null ? new Receipt() : known;
            receipt.subscriptions++;
            return receipt;
        });
    }

    /** One of the subscriptions has ended; with the last one all is forgotten. */
    void end(Key key) {
        receipts.computeIfPresent(key, (same, receipt) -> --receipt.subscriptions == 0 ? null : receipt);
    }

    int size() {
        return receipts.size();
    }

    /** What one user has of one topic. */
    static final class Receipt {

        private int subscriptions; // guarded by the map

        // Guarded by this. Never held while telling.
        private long reached;
        private long told;
        private boolean isTelling;

        /** Tells of it if it is more than was ever told, one after the other, so that nobody hears of less after more. */
        void reach(long offset, LongConsumer teller) {
            synchronized (this) {
                reached = Math.max(reached, offset);
                if (isTelling) {
                    return;
                }
                isTelling = true;
            }
            try {
                while (isNew()) {
                    teller.accept(next());
                }
            } catch (RuntimeException | Error e) {
                stop();
                throw e;
            }
        }

        private synchronized boolean isNew() {
            isTelling = told < reached;
            return isTelling;
        }

        private synchronized long next() {
            told = reached;
            return told;
        }

        private synchronized void stop() {
            isTelling = false;
        }
    }
}

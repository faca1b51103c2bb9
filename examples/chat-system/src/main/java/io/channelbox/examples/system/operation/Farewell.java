package io.channelbox.examples.system.operation;

import io.channelbox.channel.ChannelBox;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Lets everybody go before the web server stops: with 1001 and advice when to come back. */
public final class Farewell implements SmartLifecycle {

    private final ChannelBox box;
    private final Duration patience;

    /** Gives everybody in this box so much time. */
    public Farewell(ChannelBox box, Duration patience) {
        this.box = box;
        this.patience = patience;
    }

    @Override
    public void start() {}

    /** What requests that are still being served say is kept, and is heard by those who come back. */
    @Override
    public void stop() {
        box.close(patience);
    }

    @Override
    public boolean isRunning() {
        return !box.isClosed();
    }

    /** What starts last stops first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}

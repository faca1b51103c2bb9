package io.channelbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.cluster.Backplane;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a backplane tells, as text. */
final class Events implements Backplane.Listener {

    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

    static Events of(Backplane backplane, GroupName... groups) {
        var events = new Events();
        backplane.start(events);
        backplane.subscribe(List.of(groups));
        return events;
    }

    /** Waits until this is told, and passes over what is told before. */
    void await(String wanted) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (seen.isEmpty() || !seen.get(seen.size() - 1).equals(wanted)) {
            seen.add(Optional.ofNullable(all.poll(30, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError(wanted + " was not told, but " + seen)));
        }
    }

    /** Tells whether this is told within a second; what is told before is passed over. */
    boolean hears(String wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        try {
            while (System.nanoTime() - end < 0) {
                if (wanted.equals(all.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS))) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    List<String> next(int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(Optional.ofNullable(all.poll(30, TimeUnit.SECONDS)).orElse("nothing"));
        }
        return next;
    }

    @Override
    public void published(GroupName group, Optional<StreamPosition> position, byte[] envelope) {
        String text = new String(envelope, UTF_8);
        if (text.equals("fail")) {
            throw new IllegalStateException("on purpose");
        }
        all.add(text + position.map(at -> "@" + at).orElse(""));
    }

    @Override
    public void told(GroupName group, byte[] signal) {
        all.add("signal " + new String(signal, UTF_8));
    }

    @Override
    public void told(byte[] signal) {
        all.add("signal " + new String(signal, UTF_8));
    }

    @Override
    public void disconnected(String why) {
        all.add("disconnected");
    }

    @Override
    public void connected() {
        all.add("connected");
    }
}

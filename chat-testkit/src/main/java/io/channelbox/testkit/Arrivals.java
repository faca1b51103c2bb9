package io.channelbox.testkit;

import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** What has arrived at a client and was not taken, or the part of it that belongs to something. */
final class Arrivals {

    private final TestClient client;
    private final Predicate<Frame> belongs;
    private final String where;
    private final Consumer<Frame> watcher;

    Arrivals(TestClient client, Predicate<Frame> belongs, String where) {
        this(client, belongs, where, frame -> {});
    }

    /** Tells of each frame that is taken. */
    Arrivals(TestClient client, Predicate<Frame> belongs, String where, Consumer<Frame> watcher) {
        this.client = client;
        this.belongs = belongs;
        this.where = where;
        this.watcher = watcher;
    }

    /** Takes the oldest frame as what the reader makes of it. When it cannot, the frame stays. */
    <T> T take(String wanted, Function<Frame, T> reader) {
        Frame next = peek(wanted);
        T read = read(next, wanted, reader);
        taken(next);
        return read;
    }

    <T> T take(Class<T> type) {
        return take(nameOf(type), frame -> client.dialect().read(frame, type));
    }

    <T> Received<T> takeEnveloped(Class<T> type) {
        return take(
                nameOf(type),
                frame -> new Received<>(
                        client.dialect().read(frame, type), client.dialect().envelopeOf(frame)));
    }

    /** Takes the oldest frame that answers this ref, from among the others. */
    <T> T takeAnswer(String ref, Class<T> type) {
        String wanted = nameOf(type) + " that answers '" + ref + "'";
        for (Frame frame : waiting()) {
            if (client.dialect().envelopeOf(frame).ref().filter(ref::equals).isPresent()) {
                T answer = read(frame, wanted, each -> client.dialect().read(each, type));
                taken(frame);
                return answer;
            }
        }
        throw client.failing("expected " + wanted + ", but it did not come");
    }

    /** Takes all frames, or none. */
    <T> List<T> takeAll(String wanted, Function<Frame, T> reader) {
        List<Frame> frames = waiting();
        List<T> all = frames.stream().map(frame -> read(frame, wanted, reader)).toList();
        frames.forEach(this::taken);
        return all;
    }

    <T> List<T> takeAll(Class<T> type) {
        return takeAll(nameOf(type), frame -> client.dialect().read(frame, type));
    }

    /** Takes all frames up to the one that is the last, or none. */
    <T> List<T> takeUntil(Class<T> type, Predicate<? super T> isLast) {
        List<Frame> frames = waiting();
        List<T> taken = new ArrayList<>();
        for (Frame frame : frames) {
            T message = read(frame, nameOf(type), each -> client.dialect().read(each, type));
            taken.add(message);
            if (isLast.test(message)) {
                frames.subList(0, taken.size()).forEach(this::taken);
                return taken;
            }
        }
        throw client.failing("expected messages up to a last one, but it did not come; there is " + taken);
    }

    void assertNone() {
        List<Frame> frames = waiting();
        if (!frames.isEmpty()) {
            throw new AssertionError("expected silence" + where + ", but got "
                    + frames.stream().map(Arrivals::describe).toList());
        }
        client.refuseUnseenFailure("expected silence" + where);
    }

    private void taken(Frame frame) {
        client.connection().take(frame);
        watcher.accept(frame);
    }

    private Frame peek(String wanted) {
        List<Frame> frames = waiting();
        if (frames.isEmpty()) {
            throw client.failing("expected " + wanted + where + ", but nothing came");
        }
        return frames.get(0);
    }

    private <T> T read(Frame frame, String wanted, Function<Frame, T> reader) {
        try {
            return reader.apply(frame);
        } catch (PeerException e) {
            throw client.because("expected " + wanted + where + ", but got " + describe(frame) + ": " + e.text(), e);
        }
    }

    private List<Frame> waiting() {
        return client.arrived().stream().filter(belongs).toList();
    }

    private static String nameOf(Class<?> type) {
        return "a " + type.getSimpleName();
    }

    static String text(Frame frame) {
        if (frame instanceof TextFrame text) {
            return text.text();
        }
        throw new PeerException(PeerException.MALFORMED, "it is binary");
    }

    static byte[] bytes(Frame frame) {
        if (frame instanceof BinaryFrame binary) {
            return binary.bytes();
        }
        throw new PeerException(PeerException.MALFORMED, "it is text");
    }

    private static String describe(Frame frame) {
        return frame instanceof TextFrame text ? "text: " + text.text() : frame.toString();
    }
}

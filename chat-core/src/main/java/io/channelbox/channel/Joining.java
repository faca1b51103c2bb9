package io.channelbox.channel;

import io.channelbox.message.Frame;
import io.channelbox.message.JoinedText;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.List;

/** Joins the text frames that follow one another, as many as fit into one. What is binary stays alone, in its place. */
final class Joining {

    /** No frame is made larger than this; a message that is larger stays alone. */
    static final int LARGEST = 64 << 10;

    private final List<Frame> fewer = new ArrayList<>();
    private final List<TextFrame> run = new ArrayList<>();
    private long size; // of the run, with a separator behind each

    /** Returns the frames that these became. */
    List<Frame> of(List<Frame> frames) {
        for (Frame frame : frames) {
            if (frame instanceof TextFrame text) {
                add(text);
            } else {
                endRun();
                fewer.add(frame);
            }
        }
        endRun();
        return List.copyOf(fewer);
    }

    private void add(TextFrame text) {
        if (size + text.size() > LARGEST) {
            endRun();
        }
        run.add(text);
        size += text.size() + 1;
    }

    private void endRun() {
        if (!run.isEmpty()) {
            fewer.add(JoinedText.of(run));
            run.clear();
            size = 0;
        }
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.message.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LineTest {

    private final List<String> done = new ArrayList<>();
    private boolean refusing;
    private final Executor executor = work -> {
        if (refusing) {
            throw new RejectedExecutionException("no thread");
        }
        work.run();
    };
    private final Line line = new Line(executor);

    @Test
    void whatNoThreadWasFoundForIsDoneLaterInItsOrder() {
        refusing = true;
        line.add(() -> done.add("first"));
        line.add(() -> done.add("second"));
        assertEquals(List.of(), done);

        refusing = false;
        line.goOn();

        assertEquals(List.of("first", "second"), done);
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingDone() {
        line.add(() -> {
            throw new StoreException("away", new IllegalStateException());
        });
        line.add(() -> {
            throw new IllegalStateException("broken");
        });
        line.add(() -> done.add("done"));

        assertEquals(List.of("done"), done);
    }

    @Test
    void whatIsAddedMeanwhileIsDoneAfterwards() {
        line.add(() -> {
            line.add(() -> done.add("second"));
            done.add("first");
        });

        assertEquals(List.of("first", "second"), done);
    }
}

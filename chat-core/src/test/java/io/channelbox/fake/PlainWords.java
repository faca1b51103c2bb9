package io.channelbox.fake;

import io.channelbox.channel.Loss;
import io.channelbox.channel.StreamStart;
import io.channelbox.channel.StreamWords;
import io.channelbox.message.StreamPosition;
import java.util.Optional;

/** Words that a test reads easily. */
public enum PlainWords implements StreamWords {
    INSTANCE;

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public Object started(StreamStart start) {
        return "started at " + offset(start.position()) + (start.recovered() ? " recovered" : "")
                + start.loss().map(loss -> " " + lost(loss)).orElse("");
    }

    @Override
    public Object lost(Loss loss) {
        return "lost " + loss.from().offset() + " to " + offset(loss.to()) + " " + loss.cause();
    }

    @Override
    public Object broken() {
        return "broken";
    }

    private static String offset(Optional<StreamPosition> position) {
        return position.map(at -> Long.toString(at.offset())).orElse("?");
    }
}

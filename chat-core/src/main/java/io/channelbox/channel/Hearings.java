package io.channelbox.channel;

import io.channelbox.broker.Signal;
import io.channelbox.limit.Rate;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each user was heard on this node in the last second, for other nodes to take it off what they still grant. Of users who
 * used up to a quarter of what they earn in a second nobody is told: that many pass on each node beside the rest.
 */
final class Hearings {

    private static final int TOLD_AT_ONCE = 500;

    private final double untold;
    private final ConcurrentHashMap<UserId, Integer> counts = new ConcurrentHashMap<>();

    Hearings(Rate rate) {
        this.untold = rate.permitsPerSecond() / 4;
    }

    void heard(UserId user) {
        counts.merge(user, 1, Integer::sum);
    }

    /** Returns who was heard much since the last call, and how often, some hundred users together. */
    List<Signal.Heard> take() {
        List<Signal.Heard> told = new ArrayList<>(0);
        Map<UserId, Integer> much = new HashMap<>();
        for (UserId user : counts.keySet()) {
            Integer messages = counts.remove(user);
            if (messages != null && messages > untold) {
                much.put(user, messages);
            }
            if (much.size() == TOLD_AT_ONCE) {
                told.add(new Signal.Heard(much));
                much.clear();
            }
        }
        if (!much.isEmpty()) {
            told.add(new Signal.Heard(much));
        }
        return told;
    }
}

package io.channelbox.channel;

import io.channelbox.broker.Delivery;
import io.channelbox.message.GroupName;
import java.util.Optional;

/**
 * On which terms a frame waits for its turn. Made once for all who get it.
 *
 * @param overflow what happens when too much waits
 * @param delivery what may become of it while it waits
 * @param scope what its key is a key of: a group, or empty for the channel itself
 * @param trailing whether it is what follows such a frame
 */
record Terms(OverflowPolicy overflow, Delivery delivery, Optional<GroupName> scope, boolean trailing) {

    /** What waits as one: of all frames with an equal key the latest. */
    record Key(Optional<GroupName> scope, Delivery state, boolean trailing) {}

    static Terms message(OverflowPolicy overflow) {
        return new Terms(overflow, Delivery.MESSAGE, Optional.empty(), false);
    }

    static Terms inGroup(GroupName group, Delivery delivery, OverflowPolicy overflow) {
        return new Terms(overflow, delivery, Optional.of(group), false);
    }

    static Terms onChannel(Delivery delivery, OverflowPolicy overflow) {
        return new Terms(overflow, delivery, Optional.empty(), false);
    }

    /** Returns the terms of what follows a frame, which comes and goes with it. */
    Terms ofTrailer() {
        return delivery.kind() == Delivery.Kind.STATE ? new Terms(overflow, delivery, scope, true) : this;
    }

    Key key() {
        return new Key(scope, delivery, trailing);
    }
}

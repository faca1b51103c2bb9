package io.channelbox.cluster;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.cluster.GroupStream.Arrival;
import io.channelbox.cluster.OwnPublications.Own;
import io.channelbox.cluster.Watch.Item;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.Optional;

/** Hands what came in one group to the members on this node, and tells whoever published it here whom it reached. */
final class ToMembers implements GroupStream.Sink<Item> {

    private final GroupName group;
    private final String node;
    private final Watches watches;
    private final OwnPublications own;
    private final LocalBox box;
    private final Dropped dropped;

    ToMembers(GroupName group, String node, Watches watches, OwnPublications own, LocalBox box, Dropped dropped) {
        this.group = group;
        this.node = node;
        this.watches = watches;
        this.own = own;
        this.box = box;
        this.dropped = dropped;
    }

    @Override
    public void receive(Arrival<Item> arrival) {
        if (arrival.what() instanceof Item.Said said) {
            receive(said.carried(), arrival.position());
        } else if (arrival.what() instanceof Item.Told told && watches.isWatched(group)) {
            box.signalled(told.signal());
        }
    }

    private void receive(Envelopes.Carried carried, Optional<StreamPosition> position) {
        Optional<Own> mine = carried.node().equals(node) ? own.take(carried.publication()) : Optional.empty();
        if (mine.filter(each -> each.delivered().isDone()).isPresent()) {
            return; // it was told here when nobody knew whether it would come
        }
        boolean meantForHere = mine.isPresent() || !carried.hereOnly();
        Publication publication = mine.map(Own::publication).orElse(carried.publication());
        Deliveries deliveries =
                meantForHere && watches.isWatched(group) ? box.deliver(publication, position) : Deliveries.NONE;
        mine.ifPresent(each -> each.delivered().complete(deliveries));
    }

    @Override
    public void lost(StreamPosition after, StreamPosition upTo) {
        box.lost(group, after, upTo);
    }

    @Override
    public void dropped(int things) {
        dropped.met(group, things);
    }
}

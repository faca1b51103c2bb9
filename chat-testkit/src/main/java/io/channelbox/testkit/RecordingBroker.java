package io.channelbox.testkit;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what passes on its way to a broker, or keeps it from getting there. */
final class RecordingBroker {

    private final List<RecordedBroadcasts> open = new CopyOnWriteArrayList<>();

    RecordedBroadcasts record(boolean suppressing) {
        var records = new RecordedBroadcasts(suppressing, open::remove);
        open.add(records);
        return records;
    }

    Broker around(Broker broker) {
        return new Around(broker);
    }

    private PublishResult publish(Broker broker, Publication publication) {
        if (open.isEmpty()) {
            return broker.publish(publication);
        }
        RecordedBroadcasts last = open.get(open.size() - 1);
        last.add(publication);
        return last.isSuppressing() ? new PublishResult.Sent(Deliveries.NONE) : broker.publish(publication);
    }

    private final class Around implements Broker {

        private final Broker broker;

        Around(Broker broker) {
            this.broker = broker;
        }

        @Override
        public void start(Receiver receiver) {
            broker.start(receiver);
        }

        @Override
        public PublishResult publish(Publication publication) {
            return RecordingBroker.this.publish(broker, publication);
        }

        @Override
        public void watch(GroupName group) {
            broker.watch(group);
        }

        @Override
        public void unwatch(GroupName group) {
            broker.unwatch(group);
        }

        @Override
        public void rule(GroupName group, Rule rule) {
            broker.rule(group, rule);
        }

        @Override
        public History history() {
            return broker.history();
        }

        @Override
        public Optional<Cluster> cluster() {
            return broker.cluster();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}

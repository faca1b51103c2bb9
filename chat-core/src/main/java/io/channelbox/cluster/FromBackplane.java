package io.channelbox.cluster;

import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.Optional;

/** Takes what arrives through one backplane, on its threads, to the groups that this node hears. */
final class FromBackplane implements Backplane.Listener {

    private final String node;
    private final Watches watches;
    private final Link link;
    private final LocalBox box;
    private final Nodes nodes;
    private final Malformed malformed;

    FromBackplane(String node, Watches watches, Link link, LocalBox box, Nodes nodes, Malformed malformed) {
        this.node = node;
        this.watches = watches;
        this.link = link;
        this.box = box;
        this.nodes = nodes;
        this.malformed = malformed;
    }

    @Override
    public void published(GroupName group, Optional<StreamPosition> position, byte[] envelope) {
        Watch watch = watches.get(group);
        if (watch != null) {
            watch.published(position, envelope);
        }
    }

    @Override
    public void told(GroupName group, byte[] bytes) {
        Watch watch = watches.get(group);
        if (watch != null) {
            read(bytes)
                    .filter(told -> !told.node().equals(node))
                    .flatMap(Signals.Told::signal)
                    .ifPresent(signal -> watch.told(signal, bytes.length));
        }
    }

    @Override
    public void told(byte[] bytes) {
        read(bytes).ifPresent(told -> {
            if (!told.node().equals(node)) {
                nodes.lives(told.node());
                told.signal().ifPresent(box::signalled);
                if (told.leaving()) {
                    nodes.leaves(told.node());
                }
            } else {
                told.probe().ifPresent(link::heard);
            }
        });
    }

    private Optional<Signals.Told> read(byte[] bytes) {
        try {
            return Optional.of(Signals.read(bytes));
        } catch (MalformedEnvelopeException e) {
            malformed.met(e);
            return Optional.empty();
        }
    }

    @Override
    public void disconnected(String why) {
        link.disconnected(why);
    }

    @Override
    public void connected() {
        link.connected();
    }
}

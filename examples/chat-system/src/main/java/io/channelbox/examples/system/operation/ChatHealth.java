package io.channelbox.examples.system.operation;

import io.channelbox.broker.Cluster;
import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.message.StoreException;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether one can chat, as {@code chat} in {@code /actuator/health}: the box is open, reaches other programs if there are any, and the store answers. */
@Component("chat")
class ChatHealth implements HealthIndicator {

    private static final ConversationId ANY = new ConversationId(1);

    private final ChannelBox box;
    private final ConversationStore store;

    ChatHealth(ChannelBox box, ConversationStore store) {
        this.box = box;
        this.store = store;
    }

    @Override
    public Health health() {
        if (box.isClosed()) {
            return Health.outOfService().withDetail("box", "closed").build();
        }
        Optional<String> alone = box.cluster()
                .map(Cluster::health)
                .filter(health -> !health.healthy())
                .map(Cluster.Health::detail);
        if (alone.isPresent()) {
            return Health.outOfService().withDetail("cluster", alone.get()).build();
        }
        try {
            store.read(kept -> kept.conversation(ANY));
        } catch (StoreException e) {
            return Health.down(e).build();
        }
        return Health.up()
                .withDetail("channels", box.channels().size())
                .withDetail("groups", box.groups().size())
                .build();
    }
}

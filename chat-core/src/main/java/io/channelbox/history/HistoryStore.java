package io.channelbox.history;

import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.util.List;

/**
 * Keeps what was said to groups. Several threads use a store at once, but never two append to the same group.
 * {@code HistoryStoreContract} in chat-testkit states as tests what an implementation must do;
 * {@link InMemoryHistoryStore} is the reference.
 */
public interface HistoryStore extends History {

    /**
     * Keeps messages of one group, in their order, all or none, and forgets the oldest ones as the retention says. Returns
     * when they are as durable as this store makes them.
     *
     * @return the position of each, without holes; an empty list when this store keeps nothing
     * @throws io.channelbox.message.StoreException when nothing was kept
     */
    List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention);
}

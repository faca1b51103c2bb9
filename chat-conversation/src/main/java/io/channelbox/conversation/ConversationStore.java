package io.channelbox.conversation;

import java.util.function.Function;

/**
 * Keeps conversations. It knows no rules about who may do what: those are with {@link Conversations}. It makes wrong states
 * impossible: two direct conversations of one pair, somebody twice in one conversation, two messages with one number, an answer to a message
 * of another conversation. Safe for use by many threads; what it is given to do runs on the calling thread, which it may block.
 */
public interface ConversationStore {

    /**
     * Looks at what is kept, as it was at one moment.
     *
     * @throws io.channelbox.message.StoreException when it cannot
     */
    <T> T read(Function<? super ConversationReader, ? extends T> work);

    /**
     * Changes what is kept: all of it when the work returns, and then durably as far as the store is durable, or nothing of it when the
     * work throws, which is passed on. The work may be done again from its beginning where another writer came in between, so it does nothing else.
     *
     * @throws io.channelbox.message.StoreException when it cannot; then nothing was changed, or where the text says so, it is unknown
     */
    <T> T write(Function<? super ConversationWriter, ? extends T> work);
}

package io.channelbox.jdbc;

import io.channelbox.conversation.ConversationReader;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationWriter;
import java.util.Objects;
import java.util.function.Function;

/** Conversations in a database. */
final class JdbcConversationStore implements ConversationStore {

    private static final String READ = "read conversations";
    private static final String CHANGE = "change conversations";

    private final Database database;
    private final Writer writer;

    JdbcConversationStore(Database database, Writer writer) {
        this.database = database;
        this.writer = writer;
    }

    @Override
    public <T> T read(Function<? super ConversationReader, ? extends T> work) {
        Objects.requireNonNull(work, "work");
        return database.read(READ, connection -> new ConversationTransaction(connection, database, READ).apply(work));
    }

    @Override
    public <T> T write(Function<? super ConversationWriter, ? extends T> work) {
        Objects.requireNonNull(work, "work");
        return writer.writeBeside(
                CHANGE, connection -> new ConversationTransaction(connection, database, CHANGE).apply(work));
    }
}

package io.channelbox.jdbc;

import io.channelbox.conversation.ConversationStore;
import io.channelbox.history.HistoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Stores in an SQL database, SQLite or PostgreSQL:
 *
 * <pre>{@code
 * JdbcStores stores = JdbcStores.create(dataSource);
 * ChannelBox box = ChannelBox.builder().history(stores.history()).build();
 * Conversations conversations = Conversations.in(stores.conversations()).build();
 * }</pre>
 *
 * <p>What a store confirmed survives the program and the machine stopping at any moment. What is said while one commit is on
 * its way to the disk is kept together by the next, in the order in which it came. A {@link
 * io.channelbox.message.StoreException} means that nothing was kept, unless it says that the outcome is unknown, as when a
 * connection is lost while it commits; the store works again when the database does.
 *
 * <p>A change of conversations is a transaction of its own. SQLite takes them one after another, and in turn with the histories;
 * PostgreSQL takes those of different conversations at once. What is read is of one moment and waits for no writer.
 *
 * <p>The DataSource stays yours: close the box first, then the stores, then the DataSource. On SQLite one of its connections
 * stays with the stores until then; on PostgreSQL none does, so let it be a pool.
 */
public final class JdbcStores implements AutoCloseable {

    private final Writer writer;
    private final JdbcHistoryStore history;
    private final JdbcConversationStore conversations;

    private JdbcStores(Builder builder) {
        Database database = Database.behind(builder.source, builder.lockTimeout);
        this.writer = new Writer(database, new Schema(database.dialect()));
        this.history = new JdbcHistoryStore(database, writer, builder.clock);
        this.conversations = new JdbcConversationStore(database, writer);
        prepare(database);
    }

    private void prepare(Database database) {
        try {
            writer.prepare();
            database.requireSecondConnection();
        } catch (RuntimeException | Error e) {
            writer.closeAfter(e);
            throw e;
        }
    }

    /**
     * Returns stores with the default settings, in tables that are made or brought up to date if need be.
     *
     * @throws io.channelbox.message.StoreException when the database cannot be used
     * @throws IllegalArgumentException when it is neither SQLite with a file nor PostgreSQL
     * @throws IllegalStateException when its tables were made by a newer version of this library
     */
    public static JdbcStores create(DataSource source) {
        return builder(source).build();
    }

    /** Returns a builder of stores with other settings. */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    /** Returns the store of histories. */
    public HistoryStore history() {
        return history;
    }

    /** Returns the store of conversations. */
    public ConversationStore conversations() {
        return conversations;
    }

    /** Gives back the connection that was kept. What is being kept is kept first; nothing is afterwards. */
    @Override
    public void close() {
        writer.close();
    }

    /** Settings of {@link JdbcStores}. */
    public static final class Builder {

        private final DataSource source;
        private InstantSource clock = InstantSource.system();
        private Duration lockTimeout = Duration.ofSeconds(3);

        private Builder(DataSource source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /** Tells by this clock what is too old; the system's by default. */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source, "clock");
            return this;
        }

        /** Gives up a save that waited this long for another program's lock; 3 seconds by default. */
        public Builder lockTimeout(Duration longest) {
            if (longest.toMillis() < 1 || longest.toMillis() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("lockTimeout must be 1 ms to 24 days, was " + longest);
            }
            lockTimeout = longest;
            return this;
        }

        /** Returns the stores; see {@link JdbcStores#create}. */
        public JdbcStores build() {
            return new JdbcStores(this);
        }
    }
}

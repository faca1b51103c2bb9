package io.channelbox.jdbc;

import io.channelbox.message.StoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one writer: whichever thread has the turn. After a failure it begins anew with the next work. */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_ATTEMPTS = 5;

    private final Database database;
    private final Schema schema;

    // Held while the database is called: it is the order of all that this program writes. Fair, so that who clears a
    // history
    // is not kept waiting by those who add to it.
    private final ReentrantLock turn = new ReentrantLock(true);

    // Guarded by the turn.
    private @Nullable Session session;
    private Optional<Object> fileKey = Optional.empty();
    private boolean schemaIsReady;
    private boolean closed;

    Writer(Database database, Schema schema) {
        this.database = database;
        this.schema = schema;
    }

    /** Makes the database ready, so that what is wrong with it is told when an application starts. */
    void prepare() {
        write("prepare the database", connection -> Optional.empty());
    }

    /**
     * Does all of the work or nothing of it, durably.
     *
     * @throws StoreException when nothing was kept, or when that is unknown
     */
    <T> T write(String doing, Work<T> work) {
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("These stores were closed. Close the box first.");
            }
            for (int attempt = 1; ; attempt++) {
                try {
                    return attempt(work);
                } catch (SQLException e) {
                    if (attempt == MOST_ATTEMPTS || !database.dialect().mayBeRepeated(e)) {
                        throw database.failure(doing, e);
                    }
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        T result;
        try {
            result = database.write(ready(), work);
            refuseReplaced();
        } catch (SQLException | RuntimeException | Error e) {
            beginAnew(e);
            throw e;
        }
        if (!database.dialect().keepsItsWriter()) {
            giveBackAfterCommit();
        }
        return result;
    }

    /** What was committed was kept, whatever becomes of the connection. */
    private void giveBackAfterCommit() {
        try {
            giveBack();
        } catch (SQLException e) {
            log.debug("A connection could not be given back", e);
        }
    }

    private Session ready() throws SQLException {
        if (session != null && database.wasReplaced(fileKey)) {
            schemaIsReady = false;
            giveBack();
        }
        Session open = session;
        if (open == null) {
            open = database.openWriter();
            session = open;
            fileKey = database.fileKey();
        }
        if (!schemaIsReady) {
            schema.upgrade(open);
            schemaIsReady = true;
        }
        return open;
    }

    /** What was committed to a file that is gone was not kept. */
    private void refuseReplaced() throws SQLException {
        if (database.wasReplaced(fileKey)) {
            throw new SQLNonTransientConnectionException("The file of the database was replaced while it was written");
        }
    }

    private void beginAnew(Throwable because) {
        schemaIsReady = false;
        Session broken = session;
        session = null;
        if (broken != null) {
            broken.closeAfter(because);
        }
    }

    private void giveBack() throws SQLException {
        Session given = session;
        session = null;
        if (given != null) {
            given.close();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            giveBack();
        } catch (SQLException e) {
            throw database.failure("close the database", e);
        } finally {
            turn.unlock();
        }
    }

    /** Gives up because of a failure, which is what will be told. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }
}

package io.channelbox.jdbc;

import io.channelbox.message.StoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: whichever thread has the turn. After a failure it begins anew with the next work. Databases that take several
 * writers have more beside it, for work that is not to wait for other work.
 */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_ATTEMPTS = 5;

    private final Database database;
    private final Schema schema;

    // Held while the database is called: it is the order of all that this program writes. Fair, so that who clears a
    // history
    // is not kept waiting by those who add to it.
    private final ReentrantLock turn = new ReentrantLock(true);

    // Shared by those who write beside, and taken alone by who closes, so that they end first. Before the turn.
    private final ReadWriteLock closing = new ReentrantReadWriteLock();

    // Guarded by the turn.
    private @Nullable Session session;
    private Optional<Object> fileKey = Optional.empty();

    // Set with the turn, and read without it by those who write beside, who ask for a look at the schema after a
    // failure.
    private volatile boolean schemaIsReady;
    private volatile boolean closed;

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
            requireOpen();
            return repeated(doing, () -> inTurn(work));
        } finally {
            turn.unlock();
        }
    }

    /**
     * Does the same at once, where the database lets several write.
     *
     * @throws StoreException when nothing was kept, or when that is unknown
     */
    <T> T writeBeside(String doing, Work<T> work) {
        if (database.dialect().keepsItsWriter()) {
            return write(doing, work);
        }
        closing.readLock().lock();
        try {
            requireOpen();
            if (!schemaIsReady) {
                prepare();
            }
            return repeated(doing, () -> beside(work));
        } finally {
            closing.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("These stores were closed. Close the box first.");
        }
    }

    private interface Attempt<T> {
        T once() throws SQLException;
    }

    private <T> T repeated(String doing, Attempt<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.once();
            } catch (SQLException e) {
                if (number == MOST_ATTEMPTS || !database.dialect().mayBeRepeated(e)) {
                    throw database.failure(doing, e);
                }
            }
        }
    }

    private <T> T beside(Work<T> work) throws SQLException {
        Session own = database.openWriter();
        T result;
        try {
            result = database.write(own, work);
        } catch (SQLException e) {
            schemaIsReady = false;
            own.closeAfter(e);
            throw e;
        } catch (RuntimeException | Error e) {
            own.closeAfter(e);
            throw e;
        }
        giveBackAfterCommit(own);
        return result;
    }

    private <T> T inTurn(Work<T> work) throws SQLException {
        T result;
        try {
            result = database.write(ready(), work);
            refuseReplaced();
        } catch (SQLException e) {
            beginAnew(e);
            throw e;
        } catch (RuntimeException | Error e) {
            if (!isSound()) {
                beginAnew(e);
            }
            throw e;
        }
        Session used = session;
        if (used != null && !database.dialect().keepsItsWriter()) {
            session = null;
            giveBackAfterCommit(used);
        }
        return result;
    }

    /** Tells whether the next work may go on where this one threw something of its own. */
    private boolean isSound() {
        return session != null && !session.isBroken() && database.dialect().keepsItsWriter();
    }

    /** What was committed was kept, whatever becomes of the connection. */
    private static void giveBackAfterCommit(Session used) {
        try {
            used.close();
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
        closing.writeLock().lock();
        turn.lock();
        try {
            closed = true;
            giveBack();
        } catch (SQLException e) {
            throw database.failure("close the database", e);
        } finally {
            turn.unlock();
            closing.writeLock().unlock();
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

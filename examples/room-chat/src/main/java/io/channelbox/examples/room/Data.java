package io.channelbox.examples.room;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.channel.ChannelBox;
import io.channelbox.jdbc.JdbcStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that what was said is kept in: it is there before anyone is told, so it survives whatever ends the program. */
final class Data implements AutoCloseable {

    private final HikariDataSource database;
    private final JdbcStores stores;

    private Data(HikariDataSource database, JdbcStores stores) {
        this.database = database;
        this.stores = stores;
    }

    /** Opens the file, or makes it. */
    static Data in(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setMaximumPoolSize(4);
        config.addDataSourceProperty("busy_timeout", "5000");
        HikariDataSource database = null;
        try {
            database = new HikariDataSource(config);
            return new Data(database, JdbcStores.create(database));
        } catch (
                RuntimeException
                        e) { // of the pool, or of the stores: it may be no file of ours, or nobody may write there
            if (database != null) {
                database.close();
            }
            throw new IOException("nothing can be kept in " + file, e);
        }
    }

    /** Has a box keep its histories here. */
    ChannelBox.Builder keeping(ChannelBox.Builder box) {
        return box.history(stores.history());
    }

    @Override
    public void close() {
        stores.close();
        database.close();
    }
}

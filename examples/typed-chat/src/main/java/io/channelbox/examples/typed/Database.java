package io.channelbox.examples.typed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that everything is in. */
final class Database {

    private Database() {}

    /** Opens the file in this folder, or makes both. */
    static HikariDataSource in(Path folder) throws IOException {
        Files.createDirectories(folder);
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + folder.resolve("typed-chat.db"));
        config.setMaximumPoolSize(4);
        config.addDataSourceProperty("busy_timeout", "5000");
        config.addDataSourceProperty("foreign_keys", "true");
        return new HikariDataSource(config);
    }
}

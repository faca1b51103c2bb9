package io.channelbox.jdbc;

import java.nio.file.Path;
import org.sqlite.SQLiteDataSource;

/** SQLite databases of tests. */
final class Sqlite {

    private Sqlite() {}

    /** Returns what opens this file. */
    static SQLiteDataSource at(Path file) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}

package io.channelbox.jdbc;

import io.channelbox.history.HistoryStore;
import io.channelbox.testkit.HistoryStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest implements HistoryStoreContract {

    @TempDir
    Path folder;

    private final List<JdbcStores> opened = new ArrayList<>();

    @Override
    public HistoryStore newStore(InstantSource clock) {
        JdbcStores stores = JdbcStores.builder(Sqlite.at(folder.resolve("chat.db")))
                .clock(clock)
                .build();
        opened.add(stores);
        return stores.history();
    }

    @AfterEach
    void close() {
        opened.forEach(JdbcStores::close);
    }
}

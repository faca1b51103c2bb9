package io.channelbox.jdbc;

import io.channelbox.conversation.ConversationStore;
import io.channelbox.testkit.ConversationStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteConversationsTest
        implements ConversationStoreContract, SqlConversationsContract, SqlMembersContract, SqlSearchContract {

    @TempDir
    Path folder;

    private final AtomicInteger databases = new AtomicInteger();
    private final List<JdbcStores> opened = new ArrayList<>();

    @Override
    public DataSource newDatabase() {
        SQLiteDataSource database = Sqlite.at(folder.resolve("chat" + databases.incrementAndGet() + ".db"));
        database.setEnforceForeignKeys(true);
        return database;
    }

    @Override
    public ConversationStore newStore() {
        JdbcStores stores = JdbcStores.create(Sqlite.at(folder.resolve("chat.db")));
        opened.add(stores);
        return stores.conversations();
    }

    @Override
    public String goOnBehind(long messageId) {
        return "UPDATE chat_id SET last = " + messageId + " WHERE kind = 'message'";
    }

    @AfterEach
    void close() {
        opened.forEach(JdbcStores::close);
    }
}

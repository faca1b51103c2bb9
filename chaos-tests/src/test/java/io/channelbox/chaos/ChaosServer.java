package io.channelbox.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.jdbc.JdbcStores;
import java.nio.file.Path;
import java.time.Duration;

/** The program that is restarted and killed: rooms on an embedded Tomcat, kept in a SQLite file. It ends when nobody reads along any more. */
final class ChaosServer {

    private ChaosServer() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        try (HikariDataSource database = at(Path.of(args[1]));
                JdbcStores stores = JdbcStores.create(database)) {
            ChannelBox box = box(stores);
            RoomServer.serveUntilAskedToEnd(box, port);
        }
    }

    /** Two connections at a time: one of the writer, the others for who reads. */
    static HikariDataSource at(Path file) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setMaximumPoolSize(4);
        config.addDataSourceProperty("busy_timeout", "5000");
        return new HikariDataSource(config);
    }

    private static ChannelBox box(JdbcStores stores) {
        return ChannelBox.builder()
                .history(stores.history())
                .groups("room", GroupSettings.DEFAULT.saving(RoomServer.EVERYTHING))
                .pings(Duration.ofSeconds(2), Duration.ofSeconds(2))
                .build();
    }
}

package io.channelbox.jdbc;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.message.StreamPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Saves 100,000 messages from several threads, and prints of each, once it is confirmed, its room, position and text. */
final class SavingProgram {

    static final int SAVES = 100_000;

    private static final int SENDERS = 40;
    private static final int ROOMS = 20;

    private SavingProgram() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(Path.of(arguments[0])));
                ChannelBox box = ChannelBox.builder()
                        .history(stores.history())
                        .groups("chat", GroupSettings.DEFAULT.saving(Said.ALL))
                        .build()) {
            List<Future<?>> running = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int number = sender;
                running.add(senders.submit(() -> save(box, number)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            senders.shutdown();
        }
    }

    private static void save(ChannelBox box, int sender) {
        String room = "chat:room" + sender % ROOMS;
        for (int i = 0; i < SAVES / SENDERS; i++) {
            String text = sender + "/" + i;
            StreamPosition position = box.group(room)
                    .broadcast(text, PublishOptions.DEFAULT.savingHistory())
                    .position()
                    .orElseThrow();
            System.out.print(room + ' ' + position.offset() + ' ' + text + '\n');
        }
    }
}

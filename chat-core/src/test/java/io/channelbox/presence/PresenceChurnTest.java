package io.channelbox.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Opening;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.fake.ManualExecutor;
import io.channelbox.fake.ManualTime;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.message.GroupName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has left leaves nothing behind. */
class PresenceChurnTest {

    private static final int COMINGS = 100_000;

    private final ManualTime time = new ManualTime();
    private final ManualExecutor later = new ManualExecutor();
    private volatile Executor executor = later;
    private final ChannelBox box = ChannelBox.builder()
            .clock(time)
            .nanoTime(time::nanoTime)
            .scheduler(time)
            .executor(work -> execute(work))
            .build();
    private final Codec<?> codec = JsonCodec.of(Object.class);
    private final InMemoryPresenceStore store = new InMemoryPresenceStore();

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void nothingIsLeftOfAHundredThousandWhoCameAndWent(int graceSeconds) {
        Presence presence = Presence.in(box)
                .store(store)
                .grace(Duration.ofSeconds(graceSeconds))
                .build();
        var random = new Random(graceSeconds);
        Deque<Channel> here = new ArrayDeque<>();
        for (int i = 0; i < COMINGS; i++) {
            here.add(come(presence, "user-" + i % 700, "room:" + i % 40));
            if (random.nextInt(3) == 0) {
                presence.typing().started(GroupName.of("room:" + i % 40), here.getLast());
            }
            if (here.size() > 200) {
                here.remove().ended(CloseStatus.ABNORMAL);
            }
            if (i % 1_000 == 0) {
                later.run();
                time.pass(Duration.ofSeconds(1));
            }
        }
        here.forEach(channel -> channel.ended(CloseStatus.ABNORMAL));

        assertNothingIsLeft(presence, graceSeconds);
    }

    @Test
    void nothingIsLeftAndNobodyIsLockedOutWhenManyComeAndGoAtOnce() throws InterruptedException {
        Presence presence = Presence.in(box).store(store).build();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        ExecutorService comers = Executors.newFixedThreadPool(4);
        executor = threads;

        for (int comer = 0; comer < 4; comer++) {
            int seed = comer;
            comers.execute(() -> comeAndGo(presence, new Random(seed)));
        }

        comers.shutdown();
        assertTrue(comers.awaitTermination(60, TimeUnit.SECONDS));
        executor = later;
        threads.shutdown();
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        assertNothingIsLeft(presence, 10);
    }

    private void execute(Runnable work) {
        executor.execute(work);
    }

    private void comeAndGo(Presence presence, Random random) {
        for (int i = 0; i < 1_000; i++) {
            String room = "room:" + random.nextInt(3);
            Channel channel = come(presence, "user-" + random.nextInt(5), room);
            presence.status(channel, PresenceStatus.BUSY, "text " + i);
            presence.typing().started(GroupName.of(room), channel);
            if (random.nextBoolean()) {
                box.group(room).leave(channel);
                box.group(room).join(channel);
                presence.track(GroupName.of(room), channel);
            }
            channel.ended(CloseStatus.ABNORMAL);
        }
    }

    private Channel come(Presence presence, String user, String room) {
        var connection = new RecordingConnection();
        Channel channel = box.open(connection, Opening.of(User.named(user), codec));
        connection.tell(channel);
        box.group(room).join(channel);
        presence.track(GroupName.of(room), channel);
        return channel;
    }

    private void assertNothingIsLeft(Presence presence, int graceSeconds) {
        for (int second = 0; second < graceSeconds + 3; second++) {
            later.run();
            time.pass(Duration.ofSeconds(1));
        }
        later.run();
        assertEquals(0, presence.remembered());
        assertEquals(0, store.size());
        assertEquals(0, box.channels().size());
    }
}

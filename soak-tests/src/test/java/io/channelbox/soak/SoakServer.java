package io.channelbox.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.channel.OutboxLimits;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Topics;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.presence.Presence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.ObjectName;

/** The program that lives long. It answers what it is asked on its input, one line each, and ends when nobody asks any more. */
final class SoakServer {

    static final String READY = "ready ";
    static final String SAMPLE = "sample";
    static final String SETTLE = "settle";
    static final String OBJECTS = "objects";
    static final String END = ".";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Duration LONGER_THAN_ANYTHING_IS_REMEMBERED = Duration.ofMinutes(10);

    private final AtomicLong skipped = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(Container.THREADS);
    private final InMemoryHistoryStore history = new InMemoryHistoryStore();
    private final ChannelBox box = ChannelBox.builder()
            .nanoTime(() -> System.nanoTime() + skipped.get())
            .executor(threads)
            .history(history)
            .groups("hall", keeping(200))
            .groups("club", keeping(100))
            .groups("table", keeping(20))
            .outbox(OutboxLimits.DEFAULT.withBytes(256 << 10))
            .sendTimeout(Duration.ofSeconds(4))
            .pings(Duration.ofSeconds(3), Duration.ofSeconds(3))
            .build();
    private final Presence presence =
            Presence.in(box).grace(Duration.ofSeconds(1)).build();

    private SoakServer() {}

    private static GroupSettings keeping(int messages) {
        return GroupSettings.DEFAULT.saving(Retention.DEFAULT.withCount(messages));
    }

    public static void main(String[] args) throws Exception {
        var server = new SoakServer();
        Topics topics = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
                .topic("hall:{id}", Room::new)
                .topic("club:{id}", Room::new)
                .topic("table:{id}", Room::new)
                .presence(server.presence)
                .receipts();
        ChatEndpoints endpoints = ChatEndpoints.of(server.box)
                .authenticate(Authenticators.query("user", name -> AuthResult.accept(User.named(name))))
                .mount("/ws/topics", topics.hub());
        System.out.println(READY + Container.valueOf(args[0]).start(endpoints::deployTo));
        server.answerUntilNobodyAsks();
        System.exit(0); // the container's threads would go on
    }

    private void answerUntilNobodyAsks() throws IOException, JMException {
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String asked = in.readLine(); asked != null; asked = in.readLine()) {
            switch (asked) {
                case SAMPLE -> System.out.println(sample().line());
                case SETTLE -> settle();
                case OBJECTS -> objects().lines().forEach(System.out::println);
                default -> throw new IllegalArgumentException(asked);
            }
            System.out.println(END);
        }
    }

    private Sample sample() throws IOException {
        System.gc();
        return new Sample(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                rss(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                box.channels().size(),
                box.groups().size(),
                box.channels().stream().mapToLong(each -> each.groups().size()).sum(),
                history.groups().stream()
                        .mapToLong(group -> presence.count(group).users())
                        .sum(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }

    private static long rss() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        }
    }

    /** Forgets what is meant to be remembered for a while: what was said, and the keys it was said with. */
    private void settle() {
        history.clearAll();
        skipped.addAndGet(LONGER_THAN_ANYTHING_IS_REMEMBERED.toNanos());
        for (int word = 0; word < 10_000; word++) { // whatever is published makes the broker forget what is old
            box.group("elsewhere").broadcast("a word");
        }
    }

    /** Returns how many live objects there are of each class, as the JVM writes it. */
    private static String objects() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        ObjectName.getInstance("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }
}

package io.channelbox.channel;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what others have asked to be run: whatever one of them throws, the others still are. */
final class Hooks {

    private static final Logger log = LoggerFactory.getLogger(Hooks.class);

    private Hooks() {}

    static void runAll(List<Runnable> hooks) {
        runAll(hooks, Runnable::run);
    }

    static <T> void runAll(List<T> hooks, Consumer<T> how) {
        for (T hook : hooks) {
            try {
                how.accept(hook);
            } catch (RuntimeException | Error e) {
                log.error("A hook failed: {}", hook, e);
            }
        }
    }
}

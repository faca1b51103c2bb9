package io.channelbox.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** What somebody waits for. Used on the loop of a client only. */
final class Conditions {

    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(BooleanSupplier condition, CompletableFuture<Void> met) {}

    /** Returns a future of the moment when this holds, which may be now. */
    CompletableFuture<Void> add(BooleanSupplier condition) {
        var met = new CompletableFuture<Void>();
        waiting.add(new Waiting(condition, met));
        look();
        return met;
    }

    /** Something has happened: what holds now is met. */
    void look() {
        for (Waiting each : List.copyOf(waiting)) {
            try {
                if (each.condition().getAsBoolean() && waiting.remove(each)) {
                    each.met().complete(null);
                }
            } catch (RuntimeException e) {
                waiting.remove(each);
                each.met().completeExceptionally(e);
            }
        }
    }
}

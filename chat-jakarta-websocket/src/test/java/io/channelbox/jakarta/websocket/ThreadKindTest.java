package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadKindTest {

    @ParameterizedTest
    @CsvSource({
        "http-nio-8080-exec-7, http-nio-8080-exec-123, true",
        "qtp1234567-45, qtp1234567-9, true",
        "'', '', true",
        "XNIO-1 task-1, XNIO-1 I/O-1, false",
        "http-nio-8080-exec-7, http-nio-8080-Poller, false",
        "pool-1, pool-1-x, false",
        "pool-1-x, pool-1, false",
        "reader, reader-1, false"
    })
    void threadsWhoseNamesDifferInNumbersOnlyAreOfOneKind(String one, String other, boolean alike) throws Exception {
        var kind = new ThreadKind(one);
        var answer = new CompletableFuture<Boolean>();

        new Thread(() -> answer.complete(kind.isOfThisThread()), other).start();

        assertEquals(alike, answer.get());
    }
}

package io.channelbox.jakarta.websocket;

/**
 * What a container uses a thread for, which it tells by the thread's name, apart from the numbers: {@code http-nio-8080-exec-7}.
 * Where messages come on other threads than handshakes, which may block, those are I/O threads, which read for everybody.
 */
record ThreadKind(String nameWithoutNumbers) {

    static ThreadKind ofThisThread() {
        return new ThreadKind(Thread.currentThread().getName().replaceAll("[0-9]+", "#"));
    }
}

package io.channelbox.jakarta.websocket;

/**
 * What a container uses a thread for, which it tells by the thread's name, apart from the numbers: {@code http-nio-8080-exec-7}.
 * Where messages come on other threads than handshakes, which may block, those are I/O threads, which read for everybody.
 */
record ThreadKind(String nameOfOne) {

    static ThreadKind ofThisThread() {
        return new ThreadKind(Thread.currentThread().getName());
    }

    /** Tells whether the calling thread is of this kind. Asked for every message, so nothing is made for it. */
    boolean isOfThisThread() {
        return areAlike(nameOfOne, Thread.currentThread().getName());
    }

    private static boolean areAlike(String one, String other) {
        int i = skipDigits(one, 0);
        int j = skipDigits(other, 0);
        while (i < one.length() && j < other.length() && one.charAt(i) == other.charAt(j)) {
            i = skipDigits(one, i + 1);
            j = skipDigits(other, j + 1);
        }
        return i == one.length() && j == other.length();
    }

    private static int skipDigits(String name, int from) {
        int i = from;
        while (i < name.length() && name.charAt(i) >= '0' && name.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}

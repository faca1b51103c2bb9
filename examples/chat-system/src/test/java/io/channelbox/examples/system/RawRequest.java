package io.channelbox.examples.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A request as no client of HTTP sends it. */
final class RawRequest {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawRequest() {}

    /** Sends this, and nothing after it, and returns the head and the body of the answer; empty, if there is none. */
    static String send(int port, String text) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return read(socket.getInputStream());
        }
    }

    /** Sends this, does not end, and returns what is answered first. */
    static String begin(int port, String text) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            var answer = new byte[8_192];
            int size = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(size, 0), ISO_8859_1);
        }
    }

    private static String read(InputStream answer) throws IOException {
        return new String(answer.readAllBytes(), ISO_8859_1);
    }
}

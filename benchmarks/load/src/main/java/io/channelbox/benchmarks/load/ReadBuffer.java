package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Where all connections read into, one after another. */
final class ReadBuffer {

    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

    /** Reads after what a connection had before. Answers where it ends, or -1 when the peer has ended. */
    int read(SocketChannel socket, byte[] carried, int carriedBytes) throws IOException {
        buffer.clear().put(carried, 0, carriedBytes);
        int count = socket.read(buffer);
        return count < 0 ? -1 : buffer.position();
    }

    byte[] bytes() {
        return buffer.array();
    }
}

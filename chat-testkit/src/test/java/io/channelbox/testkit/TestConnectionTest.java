package io.channelbox.testkit;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.message.Frame;

class TestConnectionTest implements ConnectionContract {

    @Override
    public Link open() {
        var connection = new TestConnection(status -> {}, () -> {});
        return new Link() {
            @Override
            public Connection connection() {
                return connection;
            }

            @Override
            public Frame nextFrame() {
                return connection.take().orElseThrow();
            }

            @Override
            public CloseStatus closed() {
                return connection.closeStatus().orElseThrow();
            }

            @Override
            public void stopReading() {
                connection.stopReading();
            }

            @Override
            public void close() {
                connection.close(CloseStatus.NORMAL);
            }
        };
    }
}

package io.channelbox.consumer;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import java.util.List;

/** One connection of a consumer in a test's box. Frames are written with single quotes. */
final class Endpoint {

    private final TestBox test;
    private final RecordingConnection connection;
    private final ConsumerSession session;
    private int taken;

    private Endpoint(TestBox test, RecordingConnection connection, ConsumerSession session) {
        this.test = test;
        this.connection = connection;
        this.session = session;
    }

    static Endpoint open(TestBox test, String user, ChannelConsumer<?> consumer) {
        return open(
                test,
                User.named(user),
                consumer,
                ConsumerOptions.DEFAULT,
                Handshake.at("/").build());
    }

    static Endpoint open(
            TestBox test, User user, ChannelConsumer<?> consumer, ConsumerOptions options, Handshake handshake) {
        var connection = new RecordingConnection();
        ConsumerSession session = ConsumerSession.open(test.box, consumer, connection, handshake, user, options);
        connection.tell(session::closed, session::heard);
        test.executor.run();
        return new Endpoint(test, connection, session);
    }

    Channel channel() {
        return session.channel();
    }

    Endpoint send(String... frames) {
        for (String frame : frames) {
            session.receive(Frame.text(frame.replace('\'', '"')));
        }
        test.executor.run();
        return this;
    }

    void leave() {
        session.closed(CloseStatus.NORMAL);
        test.executor.run();
    }

    /** Returns the texts that have arrived since the last call. */
    List<String> received() {
        test.executor.run();
        List<String> all = connection.texts();
        List<String> fresh = all.subList(taken, all.size()).stream()
                .map(text -> text.replace('"', '\''))
                .toList();
        taken = all.size();
        return fresh;
    }

    RecordingConnection connection() {
        return connection;
    }

    List<Integer> closeCodes() {
        return connection.closeCodes();
    }
}

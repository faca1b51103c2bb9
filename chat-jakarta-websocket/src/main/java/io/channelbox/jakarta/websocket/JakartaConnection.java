package io.channelbox.jakarta.websocket;

import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;

/** Sends through the Jakarta API, which every container has: one frame at a time, text as a String. */
class JakartaConnection extends SessionConnection {

    JakartaConnection(Session session) {
        super(session);
    }

    @Override
    public void send(Frame frame, Completion completion) {
        sending();
        SendHandler handler = result -> {
            if (result.isOK()) {
                sent();
                completion.succeeded();
            } else {
                completion.failed(result.getException());
            }
        };
        if (frame instanceof TextFrame text) {
            remote().sendText(text.text(), handler);
        } else {
            remote().sendBinary(frame.buffer(), handler);
        }
    }
}

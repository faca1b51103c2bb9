package io.channelbox.examples.room;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;

/** A user's own mail, {@code private:{user}}: private messages to them, and theirs to others, on each of their pages. */
final class MailTopic extends Topic<MailTopic.Write> {

    static final String PATTERN = PrivateMail.KIND + ":{user}";

    /** Tells somebody something in private. */
    @TypeName("write")
    record Write(String to, String content) {}

    private final PrivateMail mail;

    MailTopic(PrivateMail mail) {
        this.mail = mail;
    }

    @Override
    protected void handlers(Handlers<Write> on) {
        on.on(Write.class, this::send);
        on.sends(PrivateMessage.class);
    }

    @Override
    protected void authorize(User user) {
        if (!PrivateMail.nameOf(user.id()).value().equals(name())) {
            throw new PeerException(PeerException.NOT_ALLOWED, "this is somebody else's mail");
        }
    }

    private void send(Write write) {
        String content = MessageText.in("content", write.content());
        mail.send(
                channel(),
                group(),
                write.to(),
                content,
                idempotencyKey().map(PublishOptions.DEFAULT::withIdempotencyKey).orElse(PublishOptions.DEFAULT));
    }
}

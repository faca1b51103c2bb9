package io.channelbox.examples.room;

import static java.util.Objects.requireNonNull;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.codec.Codec;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.message.PeerException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A room over one socket, {@code /ws/chat/{room_id}}: history, who is here, who is typing, and private messages. Who comes is
 * told {@code history} unless there is none, {@code system}, {@code online_users}, and the private messages that waited.
 *
 * <p>A frame with a {@code ref} is answered with {@code ack} or {@code error}, and sending it again does not say it again: a
 * client that lost its connection in between repeats what was not answered. It is the {@code ref} alone that counts: another
 * content in the same room, or to the same recipient, under a {@code ref} that its user has used in the last five minutes is
 * answered with {@code ack} too, and nothing is said. So a {@code ref} is for one frame, on whatever device.
 */
final class RoomConsumer extends ChannelConsumer<RoomRequest> {

    static final String KIND = "room";
    static final int SHOWN = 50;

    static final Codec<RoomRequest> JSON = Dialect.of(
            "room",
            RoomRequest.class,
            RoomConsumer::inOurWords,
            message -> new RoomFrame.Private(message.from(), message.content(), message.timestamp()));

    private final Arrivals arrivals;
    private final PrivateMail mail;
    private final RoomPresence presence;
    private @Nullable Group room;
    private @Nullable String ref; // of the frame that is being answered

    RoomConsumer(Arrivals arrivals, PrivateMail mail, RoomPresence presence) {
        this.arrivals = arrivals;
        this.mail = mail;
        this.presence = presence;
    }

    @Override
    protected Codec<RoomRequest> codec() {
        return JSON;
    }

    @Override
    protected void onConnect(Channel me) {
        Group entered = group(RoomName.of(KIND, me.handshake().path("room_id")));
        entered.joinWithHistory(me, latest(SHOWN), (page, out) -> {
            if (!page.isEmpty()) {
                out.accept(new RoomFrame.History(RoomEvent.on(page, RoomConsumer::inOurWords)));
            }
        });
        var joined = new RoomEvent.Arrived(me.user().name(), now());
        arrivals.arrive(entered, me.user(), () -> entered.broadcast(joined, savingHistory()), () -> me.send(joined));
        room = entered;
        presence.enter(me, entered.name());
        presence.tellOfTyping(me, entered.name());
        me.send(new RoomFrame.OnlineUsers(presence.namesIn(entered.name())));
        mail.deliverTo(me);
    }

    @Override
    protected void onReceive(Channel me, RoomRequest request) {
        ref = checkedRef(request.ref());
        if (request.type() == null) {
            throw PeerException.invalid("'type' is missing");
        }
        switch (request.type()) {
            case "message" -> say(me, request);
            case "private_message" -> sayPrivately(me, request);
            case "typing" -> showTyping(me, request);
            default -> throw new PeerException(PeerException.UNKNOWN_TYPE, "there are no frames of that type here");
        }
        if (ref != null) {
            me.send(new RoomFrame.Ack(ref));
            ref = null;
        }
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) {
        if (room != null) {
            Group left = room;
            var notice = new RoomEvent.Left(me.user().name(), now());
            arrivals.depart(left, me.user(), () -> left.broadcast(notice, savingHistory()));
        }
    }

    @Override
    protected Object errorReply(PeerException mistake) {
        var reply = new RoomFrame.Mistake(mistake.code(), mistake.text(), ref);
        ref = null;
        return reply;
    }

    private void say(Channel me, RoomRequest request) {
        String content = MessageText.in("content", request.content());
        requireNonNull(room)
                .broadcast(
                        new RoomEvent.Said(me.user().name(), content, now()),
                        onceBy(me).savingHistory());
    }

    private void sayPrivately(Channel me, RoomRequest request) {
        String to = request.toUser();
        if (to == null) {
            throw PeerException.invalid("'to_user' is missing");
        }
        mail.send(me, to, MessageText.in("content", request.content()), onceBy(me));
    }

    private void showTyping(Channel me, RoomRequest request) {
        presence.typing(me, requireNonNull(room).name(), request.isTyping() == null || request.isTyping());
    }

    private PublishOptions onceBy(Channel me) {
        PublishOptions options = PublishOptions.DEFAULT.from(me.user().id());
        return ref == null ? options : options.withIdempotencyKey(ref);
    }

    private Instant now() {
        return box().clock().instant();
    }

    private static @Nullable String checkedRef(@Nullable String ref) {
        if (ref != null && (ref.isEmpty() || ref.length() > 64)) {
            throw PeerException.invalid("'ref' has 1 to 64 characters");
        }
        return ref;
    }

    private static RoomFrame inOurWords(RoomEvent event) {
        if (event instanceof RoomEvent.Said said) {
            return new RoomFrame.Said(said.user(), said.content(), said.timestamp());
        }
        if (event instanceof RoomEvent.Arrived arrived) {
            return new RoomFrame.Notice(arrived.user() + " joined", arrived.timestamp());
        }
        var left = (RoomEvent.Left) event;
        return new RoomFrame.Notice(left.user() + " left", left.timestamp());
    }
}

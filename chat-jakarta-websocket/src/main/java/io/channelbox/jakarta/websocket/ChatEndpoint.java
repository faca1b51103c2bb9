package io.channelbox.jakarta.websocket;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.message.Frame;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, as the container sees it. Public because containers demand it; {@link ChatEndpoints} makes it. It hands
 * everything on, and keeps the container's thread for the consumer only where the container can bear it.
 */
public final class ChatEndpoint extends Endpoint {

    private static final Logger log = LoggerFactory.getLogger(ChatEndpoint.class);

    private final ChannelBox box;
    private final Mount mount;
    private final OpenChannels channels;
    private final Readers readers;
    private final ConnectionFactory connections;
    private final Assembler assembler;

    // A consumer may close the session, on another thread, before onOpen has returned. Each of the two writes its own
    // field first and then reads the other's, so the session always hears of its end.
    private volatile @Nullable ConsumerSession carried;
    private volatile @Nullable CloseStatus gone;
    private volatile @Nullable SessionConnection ownConnection;

    ChatEndpoint(ChannelBox box, Mount mount, OpenChannels channels, Readers readers, ConnectionFactory connections) {
        this.box = box;
        this.mount = mount;
        this.channels = channels;
        this.readers = readers;
        this.connections = connections;
        this.assembler = new Assembler(mount.options().largestMessage());
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        // The box looks for dead peers itself: containers' timers are reset by what we send.
        session.setMaxIdleTimeout(0);
        SessionConnection connection = connections.connect(session);
        ownConnection = connection;
        Optional<Admission> admission = MountConfigurator.admission(session.getUserProperties());
        if (admission.isEmpty()) {
            log.error("This container loses what the handshake left for the session: nobody can be let in");
            connection.close(CloseStatus.SERVER_ERROR);
            return;
        }
        AuthResult result = admission.get().result();
        if (result instanceof AuthResult.Accepted accepted) {
            listen(session, admission.get().threads());
            open(connection, admission.get().handshake(), accepted);
        } else if (result instanceof AuthResult.Rejected rejected
                && admission.get().isToldInside(mount)) {
            refuse(connection, rejected);
        } else if (result instanceof AuthResult.Rejected rejected) {
            connection.close(new CloseStatus(rejected.reason().closeCode(), rejected.text()));
        }
    }

    /** In parts, so that no container collects a large message before we can count it. */
    private void listen(Session session, ThreadKind ofHandshake) {
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>)
                (part, last) -> arrived(assembler.text(part, last), ofHandshake));
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>)
                (part, last) -> arrived(assembler.binary(part, last), ofHandshake));
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> heard());
    }

    private void open(SessionConnection connection, Handshake handshake, AuthResult.Accepted accepted) {
        ConsumerSession opened;
        try {
            opened = channels.open(() ->
                    ConsumerSession.open(box, mount.factory().get(), connection, handshake, accepted, mount.options()));
        } catch (CloseException refused) { // since the handshake: banned, or one connection too many
            refuse(connection, accepted, refused);
            return;
        } catch (RuntimeException
                | Error e) { // the application's code, and containers do not agree on what it would do
            if (box.isClosed()) {
                connection.close(goingAway());
            } else {
                log.error("A consumer for {} could not be made", mount.path(), e);
                connection.close(CloseStatus.SERVER_ERROR);
            }
            return;
        }
        carried = opened;
        CloseStatus already = gone;
        if (already != null) {
            opened.closed(already);
        }
    }

    private void refuse(SessionConnection connection, AuthResult.Accepted accepted, CloseException refused) {
        if (mount.options().tellingAuthentication()
                && box.admission(accepted) instanceof AuthResult.Rejected rejected) {
            refuse(connection, rejected);
        } else {
            connection.close(refused.status());
        }
    }

    private CloseStatus goingAway() {
        return box.refusal()
                .map(refused -> CloseStatus.GOING_AWAY.because(refused.text()))
                .orElse(CloseStatus.GOING_AWAY);
    }

    /** It may have said anything by now: nobody listens. */
    private void refuse(SessionConnection connection, AuthResult.Rejected rejected) {
        connection.dropWhenIdle();
        try {
            ConsumerSession.refuse(box, mount.factory().get(), connection, rejected);
        } catch (RuntimeException
                | Error e) { // the application's code, and containers do not agree on what it would do
            log.error("A consumer for {} could not be made", mount.path(), e);
            connection.close(CloseStatus.SERVER_ERROR);
        }
    }

    private void arrived(Optional<Frame> whole, ThreadKind ofHandshake) {
        ConsumerSession session = carried;
        if (session == null) {
            return;
        }
        if (assembler.isTooBig()) {
            session.channel().close(CloseStatus.TOO_BIG);
        } else if (whole.isPresent()) {
            readers.deliver(whole.get(), session, ofHandshake);
        } else {
            session.heard();
        }
    }

    private void heard() {
        ConsumerSession session = carried;
        if (session != null) {
            session.heard();
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        CloseStatus status = statusOf(reason);
        gone = status;
        SessionConnection ended = ownConnection;
        if (ended != null) {
            ended.ended();
        }
        ConsumerSession known = carried;
        if (known != null) {
            known.closed(status);
        }
    }

    private static CloseStatus statusOf(CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        String text = Optional.ofNullable(reason.getReasonPhrase()).orElse("");
        return code < 1000 || code > 4999 ? CloseStatus.ABNORMAL : new CloseStatus(code, text);
    }

    /** The container closes what it cannot read on with, or a send fails, or a ping is not answered: all of that is heard elsewhere. */
    @Override
    public void onError(Session session, Throwable failure) {
        log.debug("A session failed", failure);
    }
}

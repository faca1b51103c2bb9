package io.channelbox.benchmarks.servers.springhandler;

import io.channelbox.benchmarks.servers.PlainText;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.SessionLimitExceededException;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Relays each text to all sessions in its room. */
final class RoomHandler extends TextWebSocketHandler {

    private static final int LONGEST_SEND_MILLIS = 10_000;
    private static final int MOST_UNSENT_BYTES = 512 * 1024;

    private final Map<String, WebSocketSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Set<WebSocketSession>> rooms = new ConcurrentHashMap<>();

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        sessions.put(
                session.getId(),
                new ConcurrentWebSocketSessionDecorator(session, LONGEST_SEND_MILLIS, MOST_UNSENT_BYTES));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
        String text = message.getPayload();
        if (PlainText.isJoin(text)) {
            WebSocketSession member = Objects.requireNonNull(sessions.get(session.getId()), "not open");
            rooms.computeIfAbsent(PlainText.roomToJoin(text), room -> ConcurrentHashMap.newKeySet())
                    .add(member);
            member.sendMessage(message);
        } else {
            relay(message, rooms.getOrDefault(PlainText.roomOf(text), Set.of()));
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        WebSocketSession gone = Objects.requireNonNull(sessions.remove(session.getId()), "not open");
        rooms.values().forEach(members -> members.remove(gone));
    }

    private static void relay(TextMessage message, Set<WebSocketSession> members) throws IOException {
        for (WebSocketSession member : members) {
            try {
                member.sendMessage(message);
            } catch (SessionLimitExceededException e) {
                member.close(e.getStatus());
            } catch (IOException | IllegalStateException e) {
                member.close(CloseStatus.SESSION_NOT_RELIABLE);
            }
        }
    }
}

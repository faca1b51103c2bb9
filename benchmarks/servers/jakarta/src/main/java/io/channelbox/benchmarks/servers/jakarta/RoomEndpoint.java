package io.channelbox.benchmarks.servers.jakarta;

import io.channelbox.benchmarks.servers.PlainText;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms as one writes them by hand: a concurrent set for each, and a text sent to each session in it. */
@ServerEndpoint("/chat")
public final class RoomEndpoint {

    private static final Map<String, Set<Member>> ROOMS = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init") // The container opens first.
    private Member member;

    @OnOpen
    public void onOpen(Session session) {
        member = new Member(session);
    }

    @OnMessage
    public void onMessage(String text) {
        if (PlainText.isJoin(text)) {
            join(PlainText.roomToJoin(text));
            member.send(text);
        } else {
            ROOMS.getOrDefault(PlainText.roomOf(text), Set.of()).forEach(each -> each.send(text));
        }
    }

    private void join(String room) {
        ROOMS.computeIfAbsent(room, name -> ConcurrentHashMap.newKeySet()).add(member);
    }

    @OnClose
    public void onClose() {
        ROOMS.values().forEach(members -> members.remove(member));
    }

    /** Every error ends the session. */
    @OnError
    public void onError(Session session, Throwable error) {
        member.close();
    }
}

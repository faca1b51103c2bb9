package io.channelbox.redis;

import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which nodes there are, and how many connections of users they have. All of it has one tag, so it is counted in one step. */
final class Nodes {

    private static final Script ALIVE = Script.of("node.lua", "alive.lua");
    private static final Script GONE = Script.of("node.lua", "gone.lua");
    private static final Script FORGET = Script.of("node.lua", "forget.lua");
    private static final Script ENTER = Script.of("node.lua", "enter.lua");
    private static final Script LEAVE = Script.of("node.lua", "leave.lua");
    private static final Script ENTERED = Script.of("node.lua", "entered.lua");
    private static final String TAG = "nodes";
    private static final int BATCH = 500;

    private final RedisLink link;
    private final byte[] believed;
    private final byte[] terms;
    private final byte[] claims;

    Nodes(RedisLink link) {
        this.link = link;
        this.believed = link.keys().of("node", TAG, "believed");
        this.terms = link.keys().of("node", TAG, "terms");
        this.claims = link.keys().of("node", TAG, "claims");
    }

    boolean alive(String node, Duration within) {
        List<Object> answer = link.call(
                "Saying that a node lives",
                ALIVE,
                List.of(believed, terms, claims),
                List.of(Bytes.of(node), Bytes.of(within)));
        return Bytes.number(answer.get(0)) == 1;
    }

    List<String> claimGone(Duration again) {
        return link
                .call(
                        "Asking for nodes that are gone",
                        GONE,
                        List.of(believed, terms, claims),
                        List.of(Bytes.of(again)))
                .stream()
                .map(Bytes::text)
                .toList();
    }

    void forget(String node) {
        link.call("Forgetting a node", FORGET, List.of(believed, terms, claims), List.of(Bytes.of(node)));
    }

    boolean enter(String node, UserId user, int most) {
        List<Object> answer = link.call(
                "Counting a connection",
                ENTER,
                List.of(believed, terms, counts(user)),
                List.of(Bytes.of(node), Bytes.of(most)));
        return Bytes.number(answer.get(0)) == 1;
    }

    void leave(String node, UserId user) {
        link.call("Counting a connection", LEAVE, List.of(believed, terms, counts(user)), List.of(Bytes.of(node)));
    }

    void entered(String node, Map<UserId, Integer> connections) {
        List<Map.Entry<UserId, Integer>> all = List.copyOf(connections.entrySet());
        for (int i = 0; i == 0 || i < all.size(); i += BATCH) {
            List<byte[]> keys = new ArrayList<>(List.of(believed, terms));
            List<byte[]> args = new ArrayList<>(List.of(Bytes.of(node), Bytes.of(i == 0)));
            all.subList(i, Math.min(all.size(), i + BATCH)).forEach(entry -> {
                keys.add(counts(entry.getKey()));
                args.add(Bytes.of(entry.getValue()));
            });
            link.call("Counting connections", ENTERED, keys, args);
        }
    }

    private byte[] counts(UserId user) {
        return link.keys().of("connections", TAG, user.value());
    }
}

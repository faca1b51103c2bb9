package io.channelbox.redis;

import static io.channelbox.redis.PresenceRecord.bytes;
import static io.channelbox.redis.PresenceRecord.text;

import io.channelbox.cluster.Envelopes;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.UserStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** In which groups each user is, with the token of the last coming, and what they have said of themselves. */
final class PresenceUsers {

    private static final Script JOIN = Script.of("presence-user.lua", "presence-user-join.lua");
    private static final Script LEAVE = Script.of("presence-user.lua", "presence-user-leave.lua");
    private static final Script STATUS = Script.of("presence-user.lua", "presence-user-status.lua");
    private static final Script READ = Script.of("presence-user.lua", "presence-user-read.lua");

    private final RedisLink link;

    PresenceUsers(RedisLink link) {
        this.link = link;
    }

    /**
     * What a user has said.
     *
     * @param stamp when; 0 when nothing was said
     */
    record Said(long stamp, UserStatus status) {}

    /** What a user has said just now, and the groups they are in. */
    record Told(Said said, List<GroupName> groups) {}

    /** What is known of a user. */
    record Known(Said said, Map<GroupName, byte[]> groups) {}

    private List<byte[]> keys(UserId user) {
        return List.of(link.keys().of("whois", user.value(), ""));
    }

    Said join(UserId user, GroupName group, byte[] token) {
        return said(link.call("Entering " + group, JOIN, keys(user), List.of(bytes(group.value()), token)));
    }

    private static Said said(List<Object> answer) {
        return new Said(
                Long.parseLong(text((byte[]) answer.get(0))),
                PresenceRecord.status(text((byte[]) answer.get(1)), text((byte[]) answer.get(2))));
    }

    /** Notes that a user has left a group with this token; without one they have not. */
    void leave(UserId user, GroupName group, byte[] token) {
        left(Map.of(user, token), group).forEach(answer -> link.await("Leaving " + group, answer));
    }

    /** The same for many, whose answers nobody has waited for. */
    List<CompletionStage<List<Object>>> left(Map<UserId, byte[]> tokens, GroupName group) {
        List<CompletionStage<List<Object>>> answers = new ArrayList<>(tokens.size());
        tokens.forEach((user, token) -> {
            if (token.length > 0) {
                answers.add(link.run(LEAVE, keys(user), List.of(bytes(group.value()), token)));
            }
        });
        return answers;
    }

    /** Notes what a user says; answers nothing when they are in no group. */
    Optional<Told> say(UserId user, UserStatus status) {
        List<Object> answer = link.call(
                "Saying a status",
                STATUS,
                keys(user),
                List.of(bytes(status.status().word()), bytes(status.text().orElse(""))));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<GroupName> groups = new ArrayList<>(answer.size() - 1);
        answer.subList(1, answer.size()).forEach(name -> groups.add(Envelopes.group(text((byte[]) name))));
        return Optional.of(new Told(new Said(Long.parseLong(text((byte[]) answer.get(0))), status), groups));
    }

    Known read(UserId user) {
        List<Object> answer = link.call("Reading where a user is", READ, keys(user), List.of());
        Map<GroupName, byte[]> groups = new LinkedHashMap<>();
        for (int i = 3; i + 1 < answer.size(); i += 2) {
            groups.put(Envelopes.group(text((byte[]) answer.get(i))), (byte[]) answer.get(i + 1));
        }
        return new Known(said(answer), groups);
    }
}

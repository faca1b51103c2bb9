package io.channelbox.docs.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.InMemoryPresenceStore;
import io.channelbox.presence.NamePolicy;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceCount;
import io.channelbox.presence.PresenceMember;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.testkit.TestChat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskingTest {

    private final List<String> greeted = new ArrayList<>();

    @Test
    void theApplicationMayAskToo() {
        try (TestChat chat = TestChat.create()) {
            var store = new InMemoryPresenceStore();
            Presence presence = Presence.in(chat.box())
                    .grace(Duration.ofSeconds(30))
                    .awayAfter(Duration.ofMinutes(10))
                    .names(NamePolicy.REJECT_NEW)
                    .namesUpTo(200)
                    .store(store)
                    .onChange(change -> change.joins().forEach(member -> greet(member.name())))
                    .build();
            chat.mount("/ws", RoomTopic.in(presence).hub());
            chat.user("ann").connect("/ws").subscribe("room:1");

            GroupName room = GroupName.of("room", "1");
            List<PresenceMember> here = presence.members(room); // users, with their devices counted
            PresenceCount count = presence.count(room);
            boolean online = presence.isOnline(new UserId("bob")); // anywhere
            List<PresenceMember> all = presence.roster(room, List.of(new UserId("ann"), new UserId("bob")));

            assertEquals(1, here.size());
            assertEquals(new PresenceCount(1, 1), count);
            assertFalse(online);
            assertEquals(
                    List.of(PresenceStatus.ONLINE, PresenceStatus.OFFLINE),
                    all.stream().map(PresenceMember::status).toList());
            assertEquals(List.of("ann"), greeted);
        }
    }

    private void greet(String name) {
        greeted.add(name);
    }
}

package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.GroupName;
import io.channelbox.presence.Presence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for the end of a membership. */
class LeaveHooksTest {

    private static final GroupName ROOM = GroupName.of("room", "lobby");

    private final TestBox test = new TestBox();
    private final Peer ann = test.enter("ann");

    @Test
    void aHookThatIsCancelledIsForgottenAndTheOthersRun() {
        List<String> ran = new ArrayList<>();
        test.box.group(ROOM).join(ann.channel());
        Scheduler.Task first = ann.channel().onLeave(ROOM, () -> ran.add("first"));
        Scheduler.Task second = ann.channel().onLeave(ROOM, () -> ran.add("second"));

        first.cancel();
        first.cancel();
        test.box.group(ROOM).leave(ann.channel());
        second.cancel();

        assertEquals(List.of("second"), ran);
    }

    @Test
    void trackingAndUntrackingOneMembershipLeavesNoHooksBehind() {
        test.box.group(ROOM).join(ann.channel());
        Presence presence = Presence.in(test.box).build();
        for (int i = 0; i < 3; i++) {
            presence.track(ROOM, ann.channel());
            presence.track(ROOM, ann.channel());
            test.executor.run();
            assertEquals(1, hooks());
            presence.untrack(ROOM, ann.channel());
            assertEquals(0, hooks());
        }

        presence.track(ROOM, ann.channel());
        presence.close();

        assertEquals(0, hooks());
    }

    private int hooks() {
        return ann.channel().memberships().get(ROOM).orElseThrow().leaveHooks();
    }
}

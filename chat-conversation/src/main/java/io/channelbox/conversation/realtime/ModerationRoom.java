package io.channelbox.conversation.realtime;

import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.Role;
import io.channelbox.message.GroupName;

/** Tells those who moderate what concerns them. */
final class ModerationRoom {

    static final String KIND = "moderation";

    private final ChannelBox box;

    ModerationRoom(ChannelBox box) {
        this.box = box;
    }

    void onEvent(ConversationEvent event) {
        if (event instanceof ConversationEvent.Audited audited) {
            var word = ModerationWord.Audited.of(audited.entry());
            everywhere().broadcast(word);
            in(event.conversation()).broadcast(word);
        } else if (event instanceof ConversationEvent.ReportChanged changed) {
            reported(changed.report());
        } else if (event instanceof ConversationEvent.ParticipantRemoved removed) {
            in(event.conversation()).kick(removed.participant().user());
        } else if (event instanceof ConversationEvent.ParticipantChanged changed) {
            hearsNoMoreIfMember(changed.participant());
        }
    }

    /** An admin hears nothing of who has reported an admin, who may be them. */
    private void reported(Report report) {
        var word = ModerationWord.Reported.of(report);
        everywhere().broadcast(word);
        if (report.authorRole() == Role.MEMBER) {
            in(report.conversation()).broadcast(word);
        }
    }

    private void hearsNoMoreIfMember(Participant participant) {
        if (participant.role() == Role.MEMBER) {
            in(participant.conversation()).kick(participant.user());
        }
    }

    private Group everywhere() {
        return box.group(KIND);
    }

    private Group in(ConversationId id) {
        return box.group(GroupName.of(KIND, id.toString()));
    }
}

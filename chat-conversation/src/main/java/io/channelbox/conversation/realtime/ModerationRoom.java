package io.channelbox.conversation.realtime;

import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.conversation.AuditEntry;
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

    void audited(AuditEntry entry) {
        var word = ModerationWord.Audited.of(entry);
        everywhere().broadcast(word);
        in(entry.conversation()).broadcast(word);
    }

    /** An admin hears nothing of who has reported an admin, who may be them: one of then, or of now. */
    void reported(Report report, boolean isAboutAdmin) {
        var word = ModerationWord.Reported.of(report);
        everywhere().broadcast(word);
        if (report.authorRole() == Role.MEMBER && !isAboutAdmin) {
            in(report.conversation()).broadcast(word);
        }
    }

    /** Who is no admin hears no more. */
    void changed(Participant participant) {
        if (participant.role() == Role.MEMBER) {
            left(participant);
        }
    }

    void left(Participant participant) {
        in(participant.conversation()).kick(participant.user());
    }

    private Group everywhere() {
        return box.group(KIND);
    }

    private Group in(ConversationId id) {
        return box.group(GroupName.of(KIND, id.toString()));
    }
}

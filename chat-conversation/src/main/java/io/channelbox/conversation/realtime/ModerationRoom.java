package io.channelbox.conversation.realtime;

import io.channelbox.channel.ChannelBox;
import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.Role;
import io.channelbox.message.GroupName;

/** Tells those who moderate what concerns them. */
final class ModerationRoom {

    static final String KIND = "moderation";
    static final GroupName EVERYWHERE = GroupName.of(KIND);

    private final ChannelBox box;
    private final Listening listening;

    ModerationRoom(ChannelBox box, Listening listening) {
        this.box = box;
        this.listening = listening;
    }

    static GroupName of(ConversationId id) {
        return GroupName.of(KIND, id.toString());
    }

    void audited(AuditEntry entry) {
        var word = ModerationWord.Audited.of(entry);
        tell(word);
        box.group(of(entry.conversation())).broadcast(word);
    }

    /** An admin hears nothing of who has reported an admin, who may be them: one of then, or of now. */
    void reported(Report report, boolean isAboutAdmin) {
        var word = ModerationWord.Reported.of(report);
        tell(word);
        if (report.authorRole() == Role.MEMBER && !isAboutAdmin) {
            box.group(of(report.conversation())).broadcast(word);
        }
    }

    /** The application tells nobody when somebody moderates no more, so it is asked. */
    private void tell(ModerationWord word) {
        listening.lookAgain(EVERYWHERE);
        box.group(EVERYWHERE).broadcast(word);
    }
}

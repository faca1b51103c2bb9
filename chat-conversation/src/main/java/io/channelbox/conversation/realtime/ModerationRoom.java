package io.channelbox.conversation.realtime;

import io.channelbox.broker.PublishOptions;
import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.Role;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;

/** Tells those who moderate what concerns them. */
final class ModerationRoom {

    static final String KIND = "moderation";
    static final GroupName EVERYWHERE = GroupName.of(KIND);

    private final Telling telling;
    private final Listening listening;

    ModerationRoom(Telling telling, Listening listening) {
        this.telling = telling;
        this.listening = listening;
    }

    static GroupName of(ConversationId id) {
        return GroupName.of(KIND, id.toString());
    }

    void audited(AuditEntry entry) {
        var word = ModerationWord.Audited.of(entry);
        tell(word);
        tell(of(entry.conversation()), word);
    }

    /** An admin hears nothing of who has reported an admin, who may be them: one of then, or of now. */
    void reported(Report report, boolean isAboutAdmin) {
        var word = ModerationWord.Reported.of(report);
        tell(word);
        if (report.authorRole() == Role.MEMBER && !isAboutAdmin) {
            tell(of(report.conversation()), word);
        }
    }

    /** The application tells nobody when somebody moderates no more, so it is asked. */
    private void tell(ModerationWord word) {
        try {
            listening.lookAgain(EVERYWHERE);
        } catch (StoreException unreached) {
            telling.later(EVERYWHERE, listening::endUntold, unreached);
        }
        tell(EVERYWHERE, word);
    }

    private void tell(GroupName group, ModerationWord word) {
        telling.tell(group, word, PublishOptions.DEFAULT);
    }
}

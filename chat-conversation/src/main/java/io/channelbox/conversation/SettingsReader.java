package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at what people have set for themselves about their conversations. */
public interface SettingsReader {

    /** Returns what somebody has set about a conversation; {@link MemberSettings#DEFAULT} where nothing was. */
    MemberSettings of(ConversationId conversation, UserId user);

    /** Returns those conversations of somebody that are listed so at this moment, in the order of {@link ListPosition}, behind this one. */
    List<ConversationSummary> list(UserId user, Listed which, Instant now, Optional<ListPosition> after, int limit);

    /** Returns those in a conversation who are not the author of a message there and have not blocked them: who came first first, behind this number. */
    List<Recipient> recipients(ConversationId conversation, UserId author, long afterNumber, int limit);
}

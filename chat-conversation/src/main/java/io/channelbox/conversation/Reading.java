package io.channelbox.conversation;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What users may see: their lists, and what is in the conversations that they are in. Each question is answered as of one moment. */
final class Reading {

    private final ConversationStore store;
    private final InstantSource clock;

    Reading(ConversationStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Conversation conversation(UserId me, ConversationId id) {
        return store.read(kept -> kept.conversation(id)
                .filter(found -> kept.participant(id, me).isPresent() || mayCome(kept, me, found))
                .orElseThrow(NotAllowedException::new));
    }

    private boolean mayCome(ConversationReader kept, UserId me, Conversation found) {
        boolean open =
                found.visibility() == Visibility.PUBLIC || kept.invitations().isAllowed(found.id(), me);
        return open && !Change.isBanned(kept, found.id(), me, clock.instant());
    }

    List<ConversationSummary> list(UserId me, Listed which, Optional<ListPosition> after, int most) {
        Instant now = clock.instant();
        return store.read(kept -> kept.settings().list(me, which, now, after, most)).stream()
                .map(summary -> summary.at(now))
                .toList();
    }

    List<DigestEntry> digest(UserId me, Instant since, int most) {
        return store.read(kept -> Digests.of(kept, me, since, clock.instant(), most));
    }

    List<Conversation> publicGroups(UserId me, Optional<String> category, Optional<ConversationId> before, int most) {
        Optional<String> named = category.map(GroupDetails::checkedCategory);
        return store.read(kept -> kept.publicGroups(me, clock.instant(), named, before, most));
    }

    List<Participant> participants(UserId me, ConversationId id, long afterNumber, int most) {
        Instant now = clock.instant();
        return asMember(me, id, kept -> kept.participants(id, afterNumber, most)).stream()
                .map(found -> found.at(now))
                .toList();
    }

    Map<UserId, Instant> lastSeen(UserId me, ConversationId id, long afterNumber, int most) {
        return asMember(
                me,
                id,
                kept -> kept.lastSeen(kept.participants(id, afterNumber, most).stream()
                        .map(Participant::user)
                        .toList()));
    }

    Participant participant(UserId me, ConversationId id) {
        return store.read(kept -> kept.participant(id, me))
                .map(found -> found.at(clock.instant()))
                .orElseThrow(NotAllowedException::new);
    }

    Participant withVoice(UserId me, ConversationId id) {
        return store.read(kept -> {
            Participant mine = kept.participant(id, me)
                    .map(found -> found.at(clock.instant()))
                    .orElseThrow(NotAllowedException::new);
            Voice.require(kept, kept.conversation(id).orElseThrow(NotAllowedException::new), mine);
            return mine;
        });
    }

    MessagePage messages(UserId me, ConversationId id, Optional<ChatMessageId> before, int most) {
        return asMember(me, id, kept -> {
            List<ChatMessage> found = new ArrayList<>(kept.messages(id, before, most + 1));
            boolean more = found.size() > most;
            List<ChatMessage> shown = found.subList(0, Math.min(found.size(), most));
            Collections.reverse(shown);
            return pageOf(kept, me, shown, more);
        });
    }

    MessagePage thread(UserId me, ChatMessageId first, Optional<ChatMessageId> after, int most) {
        return store.read(kept -> {
            ConversationId home =
                    kept.message(first).map(ChatMessage::conversation).orElseThrow(NotAllowedException::new);
            requireMember(kept, me, home);
            List<ChatMessage> found = kept.thread(first, after.orElse(first), most + 1);
            return pageOf(kept, me, found.subList(0, Math.min(found.size(), most)), found.size() > most);
        });
    }

    private static MessagePage pageOf(ConversationReader kept, UserId me, List<ChatMessage> messages, boolean more) {
        Map<ChatMessageId, List<Reactions>> reactions =
                kept.reactions(messages.stream().map(ChatMessage::id).toList(), me);
        return new MessagePage(messages, reactions, more);
    }

    long unread(UserId me, ConversationId id) {
        return store.read(kept -> kept.participant(id, me)
                .map(mine -> kept.countAfter(id, mine.lastReadSequence()))
                .orElseThrow(NotAllowedException::new));
    }

    List<UserId> blocked(UserId me) {
        return store.read(kept -> kept.blockedBy(me));
    }

    List<DayActivity> activity(UserId me, ConversationId id, LocalDate first, LocalDate last) {
        return asMember(me, id, kept -> Upkeep.activity(kept, Optional.of(id), first, last));
    }

    private <T> T asMember(UserId me, ConversationId id, Function<ConversationReader, T> work) {
        return store.read(kept -> {
            requireMember(kept, me, id);
            return work.apply(kept);
        });
    }

    private static void requireMember(ConversationReader kept, UserId me, ConversationId id) {
        if (kept.participant(id, me).isEmpty()) {
            throw new NotAllowedException();
        }
    }
}

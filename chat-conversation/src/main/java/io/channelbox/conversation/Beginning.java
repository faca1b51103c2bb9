package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A conversation that is being made. */
record Beginning(ConversationWriter store, ConversationId id, Instant now, Consumer<ConversationEvent> telling) {

    /** Makes the direct conversation of a pair; or returns the one that somebody else has made meanwhile. */
    Conversation direct(UserId creator, DirectPair pair, List<Profile> both) {
        var made = new Conversation(
                id,
                ConversationKind.DIRECT,
                creator,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Visibility.PRIVATE,
                Optional.empty(),
                true,
                now,
                now,
                now,
                0);
        if (!store.add(made, Optional.of(pair))) {
            return store.direct(pair).orElseThrow();
        }
        begin(made, both.stream().map(one -> participant(one, Role.MEMBER)).toList());
        return made;
    }

    /** Makes a group, whose creator owns it. */
    Conversation group(Profile creator, GroupDetails details, List<Profile> members) {
        var made = new Conversation(
                id,
                ConversationKind.GROUP,
                creator.id(),
                Optional.of(details.name()),
                details.description(),
                details.avatar(),
                details.visibility(),
                details.category(),
                true,
                now,
                now,
                now,
                0);
        store.add(made, Optional.empty());
        var all = new ArrayList<Participant>();
        all.add(participant(creator, Role.OWNER));
        members.forEach(member -> all.add(participant(member, Role.MEMBER)));
        begin(made, all);
        return made;
    }

    private Participant participant(Profile profile, Role role) {
        return Change.newParticipant(store.newParticipantNumber(), id, profile, role, now, 0);
    }

    private void begin(Conversation made, List<Participant> all) {
        all.forEach(store::add);
        telling.accept(new ConversationEvent.Created(made, all));
    }
}

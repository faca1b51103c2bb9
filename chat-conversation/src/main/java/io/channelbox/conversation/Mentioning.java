package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom a text mentions, of those in the conversation. */
final class Mentioning {

    private static final int MOST_NAMES = 50;
    private static final int MOST_OF_ONE_NAME = 10;
    private static final Set<String> EVERYONE = Set.of("everyone", "here");

    private final MentionParser parser;

    Mentioning(MentionParser parser) {
        this.parser = parser;
    }

    /** Returns whom a text mentions that somebody says, or says instead of one that mentioned others. */
    Mentions in(Change change, Participant author, String content, Mentions before) {
        List<String> names =
                parser.namesIn(content).stream().distinct().limit(MOST_NAMES).toList();
        boolean mayMeanAll = author.role().isAtLeast(Role.ADMIN) || before.everyone();
        Set<UserId> users = names.stream()
                .map(name -> called(change, name))
                .flatMap(Collection::stream)
                .map(Participant::user)
                .filter(user -> !user.equals(author.user()))
                .collect(Collectors.toSet());
        return new Mentions(users, mayMeanAll && names.stream().anyMatch(EVERYONE::contains));
    }

    private static List<Participant> called(Change change, String name) {
        List<Participant> byId = userId(name).stream()
                .flatMap(id -> change.store().participant(change.id(), id).stream())
                .toList();
        return byId.isEmpty() ? change.store().participantsNamed(change.id(), name, MOST_OF_ONE_NAME) : byId;
    }

    /** Returns nothing of what cannot be an id. */
    private static List<UserId> userId(String name) {
        try {
            return List.of(new UserId(name));
        } catch (IllegalArgumentException noId) {
            return List.of();
        }
    }
}
